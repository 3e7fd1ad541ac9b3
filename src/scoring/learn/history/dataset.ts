import type { Day } from '../../../model/day.ts'
import type { Column, ColumnSpec, Labelled, Matrix } from '../matrix.ts'
import { behaviourColumns, behaviourOf } from './behaviour.ts'
import { populationGap } from './gaps.ts'
import { buyersOf, historyOf, logAsOf, type PurchaseLog } from './purchase-log.ts'

/** What was known at the end of one day: only facts up to it, and features made of them. */
export interface Snapshot {
  readonly asOf: Day
  readonly horizon: number
  readonly log: PurchaseLog
  /** Row r of the matrix is customer members[r]: everybody who had bought by then. */
  readonly members: Uint32Array
  readonly x: Matrix
}

/** A snapshot whose horizon has passed: y = 1 when the customer did not buy in (asOf, asOf + horizon]. */
export interface LabelledSnapshot extends Snapshot, Labelled {}

/** More columns for the rows of a snapshot, made from nothing but its own log (purchase models, signals …). */
export type Enrich = (snapshot: Snapshot) => Promise<readonly Column[]>

/** The company as it could be seen at the end of `asOf`. */
export async function snapshotAt(
  log: PurchaseLog,
  asOf: Day,
  horizon: number,
  enrich?: Enrich,
): Promise<Snapshot> {
  const known = logAsOf(log, asOf)
  const members = buyersOf(known)
  const scale = { horizon, gap: populationGap(known) ?? horizon }
  const { columns, fill } = addColumns(behaviourColumns(known.amounts !== null), members.length)
  members.forEach((customer, row) => {
    fill(row, behaviourOf(historyOf(known, customer), asOf, scale))
  })
  const segments = known.segments && Array.from(members, (customer) => known.segments?.[customer] ?? '')
  const x = { rows: members.length, columns, segments }
  const snapshot = { asOf, horizon, log: known, members, x }
  const extra = enrich ? await enrich(snapshot) : []
  return { ...snapshot, x: { ...x, columns: [...columns, ...extra] } }
}

/** Empty columns and what fills a row of them. */
export function addColumns(
  specs: readonly ColumnSpec[],
  rows: number,
): { columns: readonly Column[]; fill(row: number, values: readonly number[]): void } {
  const columns = specs.map((spec) => ({ ...spec, values: new Float64Array(rows).fill(Number.NaN) }))
  return {
    columns,
    fill(row, values) {
      columns.forEach((column, j) => {
        column.values[row] = values[j] ?? Number.NaN
      })
    },
  }
}

/** Who of the members did not buy in (asOf, asOf + horizon]; `log` must reach beyond the horizon. */
export function churnLabels(
  log: PurchaseLog,
  members: Uint32Array,
  asOf: Day,
  horizon: number,
): Float64Array {
  if (asOf + horizon > log.lastDay) throw new RangeError('the horizon reaches beyond the observed days')
  return Float64Array.from(members, (customer) => {
    const { days } = historyOf(log, customer)
    return days.some((day) => day > asOf && day <= asOf + horizon) ? 0 : 1
  })
}

/** A snapshot with its labels. */
export async function labelledSnapshot(
  log: PurchaseLog,
  asOf: Day,
  horizon: number,
  enrich?: Enrich,
): Promise<LabelledSnapshot> {
  const snapshot = await snapshotAt(log, asOf, horizon, enrich)
  return { ...snapshot, y: churnLabels(log, snapshot.members, asOf, horizon) }
}
