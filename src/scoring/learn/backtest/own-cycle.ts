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

interface Habit {
  readonly silence: number
  readonly gaps: Float64Array
  /** Own median gap, shrunk to the usual one of all customers so that two gaps do not make a habit. */
  readonly typical: number
}

/** Present silence over the customer's own typical gap. */
export function silenceRatio(snapshot: Snapshot): Float64Array {
  const usual = usualGap(snapshot)
  return Float64Array.from(snapshot.members, (customer) => {
    const { silence, typical } = habitOf(snapshot, customer, usual)
    return silence / Math.max(typical, 1)
  })
}

/** How many spreads of the own habit the present silence lies above it, on the scale ln(1 + days). */
export function silenceZ(snapshot: Snapshot): Float64Array {
  const usual = usualGap(snapshot)
  const pooled = pooledSpread(snapshot)
  return Float64Array.from(snapshot.members, (customer) => {
    const { silence, gaps, typical } = habitOf(snapshot, customer, usual)
    const own = MAD_TO_SD * (median(deviations(gaps)) ?? 0)
    const sigma = (gaps.length * own + PRIOR_SPREADS * pooled) / (gaps.length + PRIOR_SPREADS)
    return (Math.log1p(silence) - Math.log1p(typical)) / Math.max(sigma, LEAST_SPREAD)
  })
}

function usualGap(snapshot: Snapshot): number {
  return median(allGaps(snapshot.log)) ?? snapshot.horizon
}

function habitOf(snapshot: Snapshot, customer: number, usual: number): Habit {
  const { days } = historyOf(snapshot.log, customer)
  const gaps = gapsOf(days)
  const typical = ((median(gaps) ?? 0) * gaps.length + PRIOR_GAPS * usual) / (gaps.length + PRIOR_GAPS)
  return { silence: snapshot.asOf - (days.at(-1) ?? snapshot.asOf), gaps, typical }
}

/** Spread around own medians over all customers with at least two gaps. */
function pooledSpread({ log, members }: Snapshot): number {
  const all: number[] = []
  for (const customer of members) {
    const gaps = gapsOf(historyOf(log, customer).days)
    if (gaps.length > 1) for (const value of deviations(gaps)) all.push(value)
  }
  return MAD_TO_SD * (median(all) ?? 0)
}

/** Distances of ln(1 + gap) from ln(1 + own median). */
function deviations(gaps: Float64Array): Float64Array {
  const centre = Math.log1p(median(gaps) ?? 0)
  return gaps.map((gap) => Math.abs(Math.log1p(gap) - centre))
}
