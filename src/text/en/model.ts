import type { Text } from '../index.ts'

const SCORERS: Readonly<Record<string, string>> = {
  rules: 'rules',
  'seed-points': 'point table',
  blend: 'blended model',
  logistic: 'logistic regression',
  trees: 'decision trees',
  'mbg-nbd': 'purchase model',
  'bg-nbd': 'purchase model BG',
  'pareto-nbd': 'purchase model Pareto',
  recency: 'recency only',
  'silent-90': 'silent over 90 days',
}

const FEATURES: Readonly<Record<string, string>> = {
  score: 'the model’s score',
  recency: 'days of silence',
  tenure: 'length of the relation',
  orders: 'number of orders',
  ordersThird: 'recent orders',
  ordersHorizon: 'orders within a horizon',
  ordersTwice: 'orders within two horizons',
  ordersFour: 'orders within four horizons',
  gapMean: 'mean gap between orders',
  gapMedian: 'gap between orders',
  gapMax: 'longest gap between orders',
  gapCv: 'spread of the gaps',
  gapLast: 'last gap between orders',
  recencyOverMedian: 'silence against the own cycle',
  recencyOverMax: 'silence against the longest gap',
  recencyOverTenure: 'silence as a share of the relation',
  orderRate: 'rate of orders',
  newerHalf: 'share of newer orders',
  spendTotal: 'total amount',
  spendMean: 'mean amount',
  spendLastRatio: 'last amount against the mean',
  spendTwice: 'recent amount',
  noPurchase: 'the purchase model’s view',
  'activity:ratio': 'activity against the usual',
  'complaint:open': 'open complaints',
  'ticket:open': 'open tickets',
  'negative-words:points': 'words of trouble',
  'nps:last': 'NPS',
  'nps:drop': 'drop of NPS',
}

/** `login:horizon` → logins counted, `login:since` → days since the last login. */
function feature(name: string): string {
  const [kind = '', how] = name.split(':')
  if (FEATURES[name] || how === undefined) return FEATURES[name] ?? name
  return how === 'since' ? `days since the last ${kind}` : `number of ${kind} events`
}

const reasons: Text['model']['reasons'] = {
  passed: ({ gain, gainSe, onlyDays }) =>
    `Better than the rules on an earlier period too${onlyDays === null ? '' : ` (history is short: ${onlyDays} days)`}: AUC ${signed(gain)} ± ${digits(gainSe)}.`,
  'no-orders': () => 'There are no orders yet, so there is nothing to learn from.',
  'no-customers': () => 'The orders span less than the horizon: nobody can be judged.',
  'short-history': () => 'History is too short for a period to learn, one to choose and one to test on.',
  'too-few-churns': ({ churned, needed }) =>
    `Too few churned customers: ${churned ?? 0} in the period of the choice, at least ${needed} are needed.`,
  'too-few-stays': ({ stayed, needed }) =>
    `Too few customers stayed: ${stayed ?? 0} in the period of the choice, at least ${needed} are needed.`,
  'no-gain': ({ gain }) => `No model is clearly better than the rules (AUC ${signed(gain)}).`,
  'not-certain': ({ gain, gainSe }) => `The gain may be luck (AUC ${signed(gain)} ± ${digits(gainSe)}).`,
  'worse-probabilities': ({ gain }) =>
    `The ranking is a little better (AUC ${signed(gain)}), but its probabilities are worse than the rules’.`,
  'no-model': () => 'The chosen model cannot be trained on today’s data: there is too little.',
}

export const model: Text['model'] = {
  scorer: (name) => SCORERS[name] ?? name,
  feature,
  reasons,
  states: {
    proposed: 'waits for a decision',
    active: 'in use',
    refused: 'not taken',
    retired: 'out of use',
    withdrawn: 'replaced by a newer evaluation',
    'rules-stay': 'did not pass',
  },
  titles: {
    none: 'Scoring model · not evaluated yet',
    proposed: 'A new scoring model passed its back-test: you decide',
    active: 'Scoring model · in use',
    refused: 'Scoring model · not taken',
    retired: 'Scoring model · out of use',
    withdrawn: 'Scoring model · replaced by a newer evaluation',
    'rules-stay': 'The rules stay for now',
    'not-better': 'No better model this time',
  },
  none: 'I evaluate by myself once there is enough order history; or press the button below.',
  caught: 'of the churned warned of in time, in a replay',
  labels: {
    test: 'Back-test',
    churned: 'Churned',
    ranking: 'Ranking AUC',
    top: 'Top 10 % / top 5',
    probability: 'Brier / ECE',
    work: 'Lead / pushes',
  },
  test: (scorer, day, horizon) => `${scorer}, ${horizon} days from ${day}`,
  sample: (customers, of) => `judged on a sample of ${customers} of ${of}`,
  against: (own, rules) => (rules === null ? own : `${own} (rules ${rules})`),
  times: (lift) => `× ${lift}`,
  yardstick: (name, auc) => `${name} ${auc}`,
  yardsticks: (list) => (list.length === 0 ? '' : ` Simplest ways: ${list.join(', ')}.`),
  work: (days, pushes) =>
    days === null ? `${pushes} a rep and day` : `${days} days (median) / ${pushes} a rep and day`,
  look: (scorer, missed, falseAlarms, churned, names) =>
    `Looking back at ${scorer}: missed ${missed} of ${churned} churned${names === '' ? '' : ` (${names} …)`}, ${falseAlarms} false alarms.`,
  change: (customers, raised, lowered) =>
    `Of ${customers} customers ${raised + lowered} would change band: ${raised} up, ${lowered} down.`,
  effect: ' Takes effect with the next scoring run; without your click nothing changes.',
  inUse: (what) => `In use: ${what}`,
  summary: (title, reason) => `${title}: ${reason}`,
  idle: (id) =>
    `version ${id} looks another number of days ahead than the settings (or cannot be read): evaluate again`,
  version: (id) => `version ${id}`,
  versionOf: (id, scorer) => `version ${id} (${scorer})`,
  earlier: (ids) => `other versions: "model ${ids}"`,
  buttons: {
    accept: 'Use it',
    refuse: 'Not now',
    rules: 'Back to rules',
    again: 'Evaluate again',
    show: 'Show report',
  },
  said: {
    accept: (id) => `Version ${id} is taken; it counts from the next scoring run. Undo or go back any time.`,
    refuse: (id) => `Version ${id} is not taken; scoring stays as it is. I evaluate again next quarter.`,
    rules: 'Back to the rules, from the next scoring run on.',
    again: 'Evaluating now; I tell you the result. Scoring does not change meanwhile.',
    asked: 'It is being evaluated already; I tell you the result.',
    late: 'This card was out of date and changed nothing; this is how it stands:',
    undone: 'The decision is taken back, from the next scoring run on.',
  },
  failed: {
    title: 'The scoring model could not be evaluated',
    note: 'Scoring goes on unchanged; the cause is in the log.',
  },
  noVersion: (id) => `There is no version ${id}.`,
  noModel: (id) => `Version ${id} has no model: its outcome was that the rules stay.`,
  drift: {
    title: 'The scoring model needs a look',
    feature: (name, psi) => `${name} moved clearly (PSI ${psi})`,
    level: (said, came) => `mean risk was ${said}, ${came} churned: risk is off as a whole`,
    ranking: (before, now) => `ranking got worse: AUC ${before} → ${now}`,
    note: 'Scoring goes on unchanged. Better evaluate again.',
  },
  cli: {
    head: (what) => `In use: ${what}`,
    line: (id, asOf, kind, state) => `version ${id} · data up to ${asOf} · ${kind} · ${state}`,
    noVersions: 'Not evaluated yet. Run liuke model train.',
    training: 'training',
    done: {
      accept: (id) => `Version ${id} is taken; it counts from the next scoring run.`,
      refuse: (id) => `Version ${id} is not taken.`,
      rules: 'Back to the rules, from the next scoring run on.',
    },
    unchanged: 'Nothing changed: it is so already.',
    stopped: 'Stopped; no score changed. What was trained is kept: run it again to go on.',
  },
}

function signed(value: number | null): string {
  return value === null ? 'unknown' : `${value < 0 ? '−' : '+'}${digits(Math.abs(value))}`
}

function digits(value: number | null): string {
  return value === null ? 'unknown' : value.toFixed(3)
}
