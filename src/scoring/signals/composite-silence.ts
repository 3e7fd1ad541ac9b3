import { factOf } from '../../model/fact-kinds.ts'
import type { Signal } from '../signal.ts'

const KINDS = ['login', 'consult', 'order'] as const
const POINTS = 26
/** Orders alone say less: nothing else could have been seen. */
const ORDERS_ONLY_POINTS = 12

/**
 * Composite silence (A25): no login, no consultation and no order for 60 days, over the kinds that exist in
 * the database. Where orders are the only kind, the plain 60 days would mark every yearly buyer, so the
 * silence must exceed the customer's typical gap as well.
 */
export const compositeSilence: Signal = {
  id: 'composite-silence',
  family: 'silence',
  evaluate({ silenceBy, cycle, segmentGap, asOf }, { signals }) {
    const known = KINDS.filter((kind) => silenceBy[kind] !== null)
    if (known.length === 0) return null
    const days = Math.min(...known.map((kind) => silenceBy[kind] ?? 0))
    if (days < signals.compositeSilenceDays) return null
    const ordersOnly = known.every((kind) => kind === 'order')
    if (ordersOnly && days < signals.overdueRatio * (cycle?.typical ?? segmentGap)) return null
    return {
      signal: 'composite-silence',
      points: ordersOnly ? ORDERS_ONLY_POINTS : POINTS,
      facts: [factOf('silence', asOf - days, { days, kinds: known.join(',') }, null)],
    }
  },
}
