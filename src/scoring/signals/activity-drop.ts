import { factOf } from '../../model/fact-kinds.ts'
import type { Signal } from '../signal.ts'

/** Interactions per 30 days below which a change says nothing. */
const MIN_EXPECTED = 4
const MAX_SHARE = 0.5
const POINTS = 16
const MORE_POINTS = 14

/**
 * Activity drop (A39): the last 30 days against the own 90 days before. Half or less of the usual, and
 * further below than chance explains (two standard deviations of a count): 10 → 2 fires, 2 → 1 does not.
 */
export const activityDrop: Signal = {
  id: 'activity-drop',
  family: 'silence',
  evaluate({ activity, asOf }) {
    if (activity === null || activity.expected < MIN_EXPECTED) return null
    const { recent, expected } = activity
    if (recent > MAX_SHARE * expected || expected - recent < 2 * Math.sqrt(expected)) return null
    const before = Math.round(expected * 10) / 10
    return {
      signal: 'activity-drop',
      points: Math.round(POINTS + MORE_POINTS * (1 - recent / expected / MAX_SHARE)),
      facts: [factOf('activity-drop', asOf, { recent, before }, null)],
    }
  },
}
