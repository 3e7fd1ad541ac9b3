import { digamma } from '../../numeric/digamma.ts'
import { upperIncompleteGamma } from '../../numeric/incomplete-gamma.ts'
import type { Snapshot } from '../history/dataset.ts'
import { allGaps, gapsOf } from '../history/gaps.ts'
import { historyOf } from '../history/purchase-log.ts'

/** Weight, in gaps, of the mean gap of all customers within a customer's own. */
const PRIOR_GAPS = 2

/** One customer's gaps: how many, their mean and the mean of their logarithms. */
interface GapSums {
  readonly count: number
  readonly mean: number
  readonly meanLog: number
}

/**
 * The shape k of gamma gaps that all customers share while each has a mean of their own: 1 is buying at random, more is
 * buying regularly. Solves Σ(n−1)·[ln d̄ − mean ln d − (ψ(nk) − ln n − ψ(k))] = 0 over customers with at least two
 * gaps; null without any.
 */
export function gapShape({ log, members }: Snapshot): number | null {
  const sums: GapSums[] = []
  for (const customer of members) {
    const gaps = gapsOf(historyOf(log, customer).days)
    if (gaps.length < 2) continue
    const total = gaps.reduce((sum, gap) => sum + gap, 0)
    const logs = gaps.reduce((sum, gap) => sum + Math.log(gap), 0)
    sums.push({ count: gaps.length, mean: total / gaps.length, meanLog: logs / gaps.length })
  }
  if (sums.length === 0) return null
  const weight = sums.reduce((sum, { count }) => sum + count - 1, 0)
  const spread =
    sums.reduce((sum, one) => sum + (one.count - 1) * (Math.log(one.mean) - one.meanLog), 0) / weight
  return shapeOf(spread, sums)
}

/** The shape whose expected spread of ln(mean) − mean(ln) is the observed one. */
function shapeOf(spread: number, sums: readonly GapSums[]): number {
  const weight = sums.reduce((sum, { count }) => sum + count - 1, 0)
  const byCount = new Map<number, number>()
  for (const { count } of sums) byCount.set(count, (byCount.get(count) ?? 0) + count - 1)
  // The expected spread falls as k grows, so halving the interval of ln k finds the root.
  let [low, high] = [Math.log(0.05), Math.log(500)]
  for (let round = 0; round < 60; round++) {
    const k = Math.exp((low + high) / 2)
    let expected = 0
    for (const [count, share] of byCount)
      expected += (share / weight) * (digamma(count * k) - Math.log(count) - digamma(k))
    if (expected > spread) low = Math.log(k)
    else high = Math.log(k)
  }
  return Math.exp((low + high) / 2)
}

/** Minus the chance that a gap of the customer lasts longer than the present silence: higher is more unusual. */
export function silenceTail(snapshot: Snapshot): Float64Array {
  const { log, members, asOf, horizon } = snapshot
  const gaps = allGaps(log)
  const usual = gaps.length === 0 ? horizon : gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length
  const k = gapShape(snapshot) ?? 1
  return Float64Array.from(members, (customer) => {
    const { days } = historyOf(log, customer)
    const [first, last] = [days[0] ?? asOf, days.at(-1) ?? asOf]
    const mean = (last - first + PRIOR_GAPS * usual) / (days.length - 1 + PRIOR_GAPS)
    return -upperIncompleteGamma(k, (k * (asOf - last)) / mean)
  })
}
