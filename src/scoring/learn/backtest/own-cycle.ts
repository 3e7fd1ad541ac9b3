import type { Snapshot } from '../history/dataset.ts'
import { allGaps, gapsOf } from '../history/gaps.ts'
import { median } from '../history/median.ts'
import { historyOf } from '../history/purchase-log.ts'

/** Weight, in purchases, of the usual gap of all customers within a customer's own. */
const PRIOR_GAPS = 2
/** Weight of the pooled spread within a customer's own. */
const PRIOR_SPREADS = 4
/** Turns a median absolute deviation into a standard deviation of a normal. */
const MAD_TO_SD = 1.4826
/** A perfectly regular customer would otherwise be alarming one day late. */
const LEAST_SPREAD = 0.25

/**
 * How many spreads of the customer's own habit the present silence lies above it, on the scale ln(1 + days); medians
 * shrunk to the whole so that two gaps do not make a habit.
 */
export function silenceZ(snapshot: Snapshot): Float64Array {
  const pooled = allGaps(snapshot.log)
  const usual = median(pooled) ?? snapshot.horizon
  const spread = MAD_TO_SD * deviation(pooled, usual)
  return Float64Array.from(snapshot.members, (customer) => {
    const { days } = historyOf(snapshot.log, customer)
    const gaps = gapsOf(days)
    const own = median(gaps)
    const typical = ((own ?? 0) * gaps.length + PRIOR_GAPS * usual) / (gaps.length + PRIOR_GAPS)
    const ownSpread = own === null ? 0 : MAD_TO_SD * deviation(gaps, own)
    const sigma = (gaps.length * ownSpread + PRIOR_SPREADS * spread) / (gaps.length + PRIOR_SPREADS)
    const silence = snapshot.asOf - (days.at(-1) ?? snapshot.asOf)
    return (Math.log1p(silence) - Math.log1p(typical)) / Math.max(sigma, LEAST_SPREAD)
  })
}

/** Median distance of ln(1 + gap) from ln(1 + centre). */
function deviation(gaps: Float64Array, centre: number): number {
  return median(gaps.map((gap) => Math.abs(Math.log1p(gap) - Math.log1p(centre)))) ?? 0
}
