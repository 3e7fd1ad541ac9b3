import type { Text } from '../index.ts'

export const preview: Text['preview'] = {
  title: (n) => `This change affects ${n} customers`,
  summary: (n, customers) => `This change affects ${n} of ${customers} customers; it is not saved yet.`,
  change: (path, before, after) => `${path}: ${before} → ${after}`,
  unset: 'not set',
  nothing: 'The same as the settings in force: nothing changes.',
  fields: { band: 'band', tier: 'tier', stage: 'stage', churned: 'lost' },
  changed: (field, n) => `${field}: ${n} customers`,
  move: (before, after, n) => `${before}→${after} ${n}`,
  churned: { '0': 'not lost', '1': 'lost' },
  atRisk: (before, after) => `customers at risk to be pushed: ${before} → ${after}`,
  perRep: (before, after, reps) => `per rep: ${before} → ${after} (${reps} reps)`,
  lost: (before, after) => `lost: ${before} → ${after}`,
  pushes: (weeks, before, after) =>
    `over the past ${weeks} weeks: ${before} → ${after} new warnings per rep and day (before the daily budget)`,
  example: (name, before, after) => `${name}: ${before} → ${after}`,
  examples: 'e.g.',
  asOf: (day) => `data up to ${day}`,
  cli: {
    notSaved: 'A preview only: nothing was written.',
    noOverride: 'No saved changes: the settings of the file are in force.',
    override: (version, day) => `change no. ${version} is in force (saved on ${day}):`,
    nothingGiven: 'give changes with --set, e.g. --set scoring.bands.high=0.7, or --show the saved ones',
  },
}
