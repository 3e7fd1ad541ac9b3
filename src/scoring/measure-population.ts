import { setImmediate as nextTurn } from 'node:timers/promises'
import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import type { Day } from '../model/day.ts'
import type { EventKind } from '../model/event.ts'
import { OWN_CYCLE_MIN_GAPS, quantile } from '../model/own-cycle.ts'
import type { Population } from '../model/population.ts'
import { countCustomers, knownKinds, type MoneyRow, moneyOf, moneyPage } from '../store/population-rows.ts'
import { medianOfCounts } from './learn/history/median.ts'
import { quintileCuts, topCut } from './quantile-cuts.ts'
import { longHolidays } from './quiet-days.ts'
import { revenueSign } from './revenue.ts'

const PAGE = 1000
const YEAR_DAYS = 365
/** Long holidays further back hardly touch anybody's gaps any more. */
const HOLIDAY_YEARS = 4
/** Customers with an own cycle before their median stands for a segment; for everybody one is enough. */
const MIN_SEGMENT_CYCLES = 5

/**
 * The one pass over everybody that comes before scoring: RFM and value cut points, typical gaps, which kinds of
 * events exist. Reads orders in pages and keeps four numbers a customer in typed arrays;
 * `onRows` sees every page of them, by customer and day.
 */
export async function measurePopulation(
  ctx: Ctx,
  asOf: Day,
  signal?: AbortSignal,
  onRows?: (rows: readonly MoneyRow[]) => void,
): Promise<{ population: Population; latestAt: number | null }> {
  const { kinds, latestAt } = await knownKinds(ctx, asOf)
  const totals = createTotals(await countCustomers(ctx))
  const sign = revenueSign(kinds)
  for (let after = 0; ; ) {
    if (signal?.aborted) throw new AppError('busy', 'the scoring run was stopped')
    const page = await moneyPage(ctx, asOf, after, PAGE)
    if (page.last === null) break
    addPage(totals, page.segments, page.rows, asOf, sign)
    onRows?.(page.rows)
    after = page.last
    await nextTurn()
  }
  return { population: populationOf(ctx, asOf, kinds, totals), latestAt }
}

/**
 * The same over some customers, by rising id, as far as they can stand for all, as of several days at once; the kinds are
 * the company's.
 */
export async function measureSamples(
  ctx: Ctx,
  ids: readonly number[],
  days: readonly { readonly asOf: Day; readonly kinds: readonly EventKind[] }[],
  signal?: AbortSignal,
): Promise<Population[]> {
  const upTo = Math.max(...days.map(({ asOf }) => asOf))
  const totals = days.map(() => createTotals(ids.length))
  for (let from = 0; from < ids.length; from += PAGE) {
    if (signal?.aborted) throw new AppError('busy', 'the scoring run was stopped')
    const { segments, rows } = await moneyOf(ctx, upTo, ids.slice(from, from + PAGE))
    for (const [i, { asOf, kinds }] of days.entries()) {
      const known = rows.filter(({ day }) => day <= asOf)
      const own = totals[i]
      if (own) addPage(own, segments, known, asOf, revenueSign(kinds))
    }
    await nextTurn()
  }
  return days.map(({ asOf, kinds }, i) => populationOf(ctx, asOf, kinds, totals[i] ?? createTotals(0)))
}

function populationOf(ctx: Ctx, asOf: Day, kinds: readonly EventKind[], totals: Totals): Population {
  const { buyers } = totals
  const value = totals.value12m.subarray(0, buyers).sort()
  const [a, b] = valueShares(ctx.settings.scoring.valueTiers)
  const r = quintileCuts(totals.lastOrder.subarray(0, buyers))
  const f = quintileCuts(totals.orderDays.subarray(0, buyers))
  const m = quintileCuts(totals.revenue.subarray(0, buyers))
  return {
    asOf,
    kinds,
    buyers,
    segmentGaps: segmentGaps(totals.cycles),
    gap: medianOf([...totals.cycles.values()].flat(), 1),
    orderGap: medianOfCounts(totals.gaps),
    rfm: r && f && m ? { r, f, m } : null,
    valueCuts: [topCut(value, a), topCut(value, b)],
    quiet: longHolidays(calendarFor(ctx.settings), asOf - HOLIDAY_YEARS * YEAR_DAYS, asOf + YEAR_DAYS),
  }
}

interface Totals {
  buyers: number
  readonly lastOrder: Float64Array
  readonly orderDays: Float64Array
  readonly revenue: Float64Array
  readonly value12m: Float64Array
  /** Median own gap of every customer with a cycle, by segment. */
  readonly cycles: Map<string, number[]>
  /** How often each gap between purchases occurs. */
  readonly gaps: Map<number, number>
}

function createTotals(customers: number): Totals {
  return {
    buyers: 0,
    lastOrder: new Float64Array(customers),
    orderDays: new Float64Array(customers),
    revenue: new Float64Array(customers),
    value12m: new Float64Array(customers),
    cycles: new Map(),
    gaps: new Map(),
  }
}

function addPage(
  totals: Totals,
  segments: readonly { id: number; segment: string }[],
  rows: readonly MoneyRow[],
  asOf: Day,
  sign: (kind: MoneyRow['kind']) => number,
): void {
  let next = 0
  for (const { id, segment } of segments) {
    const gaps: number[] = []
    let last: Day | null = null
    let revenue = 0
    let value12m = 0
    for (let row = rows[next]; row?.customer_id === id; row = rows[++next]) {
      const signed = sign(row.kind) * (row.amount ?? 0)
      revenue += signed
      if (asOf - row.day < YEAR_DAYS) value12m += signed
      if (row.kind !== 'order' || row.day === last) continue
      if (last !== null) addGap(totals.gaps, gaps, row.day - last)
      last = row.day
    }
    if (last === null || totals.buyers >= totals.revenue.length) continue
    totals.lastOrder[totals.buyers] = last
    totals.orderDays[totals.buyers] = gaps.length + 1
    totals.revenue[totals.buyers] = revenue
    totals.value12m[totals.buyers] = value12m
    totals.buyers++
    if (gaps.length >= OWN_CYCLE_MIN_GAPS) addCycle(totals.cycles, segment, quantile(gaps, 0.5))
  }
}

function addGap(counts: Map<number, number>, gaps: number[], gap: number): void {
  gaps.push(gap)
  counts.set(gap, (counts.get(gap) ?? 0) + 1)
}

function addCycle(cycles: Map<string, number[]>, segment: string, median: number): void {
  const known = cycles.get(segment)
  if (known) known.push(median)
  else cycles.set(segment, [median])
}

function segmentGaps(cycles: ReadonlyMap<string, readonly number[]>): Record<string, number> {
  const gaps: [string, number][] = []
  for (const [segment, medians] of [...cycles].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const median = medianOf(medians, MIN_SEGMENT_CYCLES)
    if (median !== null) gaps.push([segment, median])
  }
  return Object.fromEntries(gaps)
}

function medianOf(medians: readonly number[], least: number): number | null {
  return medians.length < least ? null : quantile(medians, 0.5)
}

function valueShares(shares: readonly number[]): [number, number] {
  return [shares[0] ?? 0, shares[1] ?? 0]
}
