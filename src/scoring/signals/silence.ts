import { factOf } from '../../model/fact-kinds.ts'
import type { Signal } from '../signal.ts'

const POINTS = 20
/** Two purchases and a gap far beyond the usual: all there is to say without an own cycle. */
const FAR_BEYOND = 3
const FAR_POINTS = 40

/**
 * 30-day silence (A53): nothing at all from the customer for 30 days. Only when that is unusual for it: the
 * silence must exceed its typical gap (the segment's while it has no own), so a yearly buyer is not marked.
 */
export const silence: Signal = {
  id: 'silence',
  family: 'silence',
  evaluate({ idleDays, cycle, segmentGap, asOf, silence: sinceOrder }, { signals }) {
    if (idleDays === null || idleDays < signals.silenceDays) return null
    const typical = Math.max(1, cycle?.typical ?? segmentGap)
    // Holidays between the last order and today are left out of both silences alike.
    const skipped = sinceOrder === null ? 0 : Math.min(idleDays, sinceOrder.days - sinceOrder.counted)
    const counted = idleDays - skipped
    if (counted < signals.overdueRatio * typical) return null
    const far = counted >= FAR_BEYOND * typical
    return {
      signal: 'silence',
      points: far ? FAR_POINTS : POINTS,
      facts: [factOf('idle', asOf - idleDays, { days: idleDays }, null)],
    }
  },
}
