import type { Day } from '../model/day.ts'
import type { NextOrder } from '../model/next-order.ts'
import { gapsOf, OWN_CYCLE_MIN_GAPS, quantile, SEGMENT_WEIGHT } from '../model/own-cycle.ts'
import type { Population } from '../model/population.ts'
import type { Features } from './features.ts'
import { type DayCounter, dayCounter } from './quiet-days.ts'

/** Gaps looked at: a rhythm of years ago says little about the next order. */
const RECENT_GAPS = 12
/** Relative spread (of logarithms) that a customer is taken to have before its gaps speak, and their weight. */
const USUAL_SPREAD = 0.4
const SPREAD_WEIGHT = 2
/** Spread at which own gaps say no more than the segment's median, which then weighs as in every own cycle. */
const SEGMENT_SPREAD = 0.7
/** Above it the orders have no rhythm to speak of. */
const MOST_SPREAD = 0.5
/** The middle half of the expected gaps, in spreads: one order in four comes before the window, one in four after. */
const WINDOW = 0.67

/**
 * When the next order is expected (A96): the own typical gap and its spread, both without long holidays, so that
 * a day that falls into 春节 moves behind it. The gap is pulled to the segment's the more the fewer and the less
 * regular the own gaps are. Null with fewer than three order days, or when they have no rhythm. Pure.
 */
export function nextOrder(
  { orders, segmentGap }: Pick<Features, 'orders' | 'segmentGap'>,
  { quiet }: Pick<Population, 'quiet'>,
): NextOrder | null {
  const counter = dayCounter(quiet)
  const days = orders.slice(-RECENT_GAPS - 1).map((one) => one.day)
  const last = days.at(-1)
  if (last === undefined || days.length - 1 < OWN_CYCLE_MIN_GAPS) return null
  const gaps = workingGaps(days, counter)
  const own = quantile(gaps, 0.5)
  const spread = spreadOf(gaps, own)
  if (spread > MOST_SPREAD) return null
  const weight = SEGMENT_WEIGHT * (spread / SEGMENT_SPREAD) ** 2
  const typical = (gaps.length * own + weight * segmentGap) / (gaps.length + weight)
  const ahead = (gap: number): Day => counter.ahead(last, Math.max(1, Math.round(gap)))
  return {
    after: last,
    from: ahead(typical * Math.exp(-WINDOW * spread)),
    due: ahead(typical),
    until: ahead(typical * Math.exp(WINDOW * spread)),
    every: Math.max(1, Math.round(quantile(gapsOf(days), 0.5))),
  }
}

/**
 * The gaps without long holidays. Of a gap with a holiday in it nobody knows how much of the holiday the customer
 * rested: it counts as what is nearest to the other gaps, between none of the holiday and all of it.
 */
function workingGaps(days: readonly Day[], counter: DayCounter): number[] {
  const gaps = gapsOf(days).map((all, i) => {
    const from = days[i] ?? 0
    return { all, counted: Math.max(1, counter.between(from, from + all)) }
  })
  const free = gaps.filter(({ all, counted }) => all === counted)
  if (free.length === 0) return gaps.map(({ counted }) => counted)
  const usual = quantile(
    free.map(({ all }) => all),
    0.5,
  )
  return gaps.map(({ all, counted }) => Math.min(all, Math.max(counted, usual)))
}

/** Spread of the gaps' logarithms around their median, pulled to the usual while there are few of them. */
function spreadOf(gaps: readonly number[], median: number): number {
  const squares = gaps.reduce((sum, gap) => sum + Math.log(gap / median) ** 2, 0)
  return Math.sqrt((squares + SPREAD_WEIGHT * USUAL_SPREAD ** 2) / (gaps.length + SPREAD_WEIGHT))
}
