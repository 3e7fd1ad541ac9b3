import { factOf } from '../../model/fact-kinds.ts'
import { OWN_CYCLE_MIN_GAPS } from '../../model/own-cycle.ts'
import type { Signal } from '../signal.ts'

/** Points at the watch ratio, just below the high ratio, at the high ratio, and at most. */
const AT_WATCH = 36
const BEFORE_HIGH = 50
const AT_HIGH = 60
const MOST = 72
const PER_CYCLE = 6

/**
 * Own purchase cycle overdue (A41): silence against the shrunken own gap, both without long holidays. Needs
 * three order days. High only from twice the cycle and beyond the own P90: who often pauses is not alarming.
 */
export const overdue: Signal = {
  id: 'overdue',
  family: 'silence',
  evaluate({ cycle, silence, purchases, asOf }, { signals }) {
    const last = purchases.at(-1)
    if (cycle === null || silence === null || last === undefined) return null
    if (cycle.gaps < OWN_CYCLE_MIN_GAPS) return null
    // Gaps of less than a day cannot be told apart from same-day orders.
    const ratio = silence.counted / Math.max(1, cycle.typical)
    if (ratio < signals.overdueRatio) return null
    const high = ratio >= signals.overdueHighRatio && silence.counted > cycle.p90
    const source = { table: 'events', id: last.id } as const
    const skipped = silence.days - silence.counted
    const facts = [
      factOf(
        'own-cycle',
        last.day,
        {
          typical: Math.round(cycle.median),
          orders: cycle.gaps + 1,
          longest: cycle.longest,
          silence: silence.days,
        },
        source,
      ),
      ...(skipped > 0 ? [factOf('holiday', asOf, { days: skipped }, null)] : []),
      factOf('last-order', last.day, { amount: last.amount ?? -1, days: silence.days }, source),
    ]
    const { overdueRatio, overdueHighRatio } = signals
    const share = Math.min(1, (ratio - overdueRatio) / Math.max(0.01, overdueHighRatio - overdueRatio))
    const calm = AT_WATCH + (BEFORE_HIGH - AT_WATCH) * share
    const points = high ? Math.min(MOST, AT_HIGH + PER_CYCLE * (ratio - overdueHighRatio)) : calm
    return { signal: 'overdue', points: Math.round(points), facts }
  },
}
