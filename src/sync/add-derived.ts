import type { Ctx } from '../context.ts'
import {
  addFacts,
  type FactColumns,
  type FactTable,
  highestId,
  idsByKey,
  lockForLoad,
} from '../store/import-facts.ts'
import { noteTimes, timesSeen } from '../store/import-seen.ts'
import { ordinalKey } from './fingerprint.ts'

/** Ids that this load wrote itself, as ranges: one range when nobody else writes at the same time. */
export class OwnIds {
  readonly #ranges: { from: number; to: number }[] = []

  add(from: number, to: number): void {
    const last = this.#ranges.at(-1)
    if (to < from) return
    if (last && last.to + 1 === from) last.to = to
    else this.#ranges.push({ from, to })
  }

  has(id: number): boolean {
    return this.#ranges.some(({ from, to }) => from <= id && id <= to)
  }
}

/** Rows whose key is derived from their content. */
export interface DerivedRows {
  readonly keys: readonly string[]
  readonly columns: FactColumns
}

export interface DerivedTarget {
  readonly table: FactTable
  readonly source: string
  readonly runId: number
  readonly own: OwnIds
}

/**
 * Adds rows that are identified by their content and returns how many were new. The n-th identical row of a file
 * gets the n-th ordinal, so that all of them count and a second load of the file adds none. The usual case, new
 * content, costs one insert; only repeated content is counted in the scratch table.
 */
export async function addDerived(ctx: Ctx, target: DerivedTarget, rows: DerivedRows): Promise<number> {
  const { table, source, own } = target
  await lockForLoad(ctx, table)
  const before = await highestId(ctx, table)
  const { places, repeats } = firstsAndRepeats(rows.keys)
  const firsts = places.length === rows.keys.length ? rows.keys : places.map((at) => rows.keys[at] ?? '')
  let added = await addFacts(ctx, table, source, firsts, pickColumns(rows.columns, places))
  const conflicts = added < firsts.length
  if (conflicts || repeats.length > 0) {
    added += await addRepeats(ctx, target, rows, { before, places: conflicts ? places : [], repeats })
  }
  own.add(before + 1, await highestId(ctx, table))
  return added
}

/** Places of the first row of each content, and of the rows that repeat one of them. */
function firstsAndRepeats(keys: readonly string[]): { places: number[]; repeats: number[] } {
  const met = new Set<string>()
  const places: number[] = []
  const repeats: number[] = []
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] ?? ''
    if (met.has(key)) repeats.push(at)
    else {
      met.add(key)
      places.push(at)
    }
  }
  return { places, repeats }
}

interface Repeats {
  /** Highest id before this batch. */
  readonly before: number
  /** First row of each content in the batch; none when all of them were new. */
  readonly places: readonly number[]
  /** Further rows with content met earlier in the batch. */
  readonly repeats: readonly number[]
}

async function addRepeats(
  ctx: Ctx,
  { table, source, runId, own }: DerivedTarget,
  rows: DerivedRows,
  { before, places, repeats }: Repeats,
): Promise<number> {
  const key = (at: number): string => rows.keys[at] ?? ''
  const ids =
    places.length === 0 ? new Map<string, number>() : await idsByKey(ctx, table, source, places.map(key))
  const old = places.filter((at) => (ids.get(key(at)) ?? 0) <= before)
  const touched = [...old, ...repeats]
  const seen = await timesSeen(ctx, runId, touched.map(key))
  const times = new Map<string, number>()
  const extra: { at: number; key: string }[] = []
  for (const at of touched) {
    const content = key(at)
    const id = ids.get(content)
    // The row with the bare key is this load's own first occurrence, or stood there before.
    const mine = id === undefined || id > before || own.has(id) ? 1 : 0
    const noted = (times.get(content) ?? seen.get(content) ?? 0) + 1
    times.set(content, noted)
    if (noted + mine > 1) extra.push({ at, key: ordinalKey(content, noted + mine) })
  }
  await noteTimes(ctx, runId, times)
  const extraPlaces = extra.map(({ at }) => at)
  return addFacts(
    ctx,
    table,
    source,
    extra.map((one) => one.key),
    pickColumns(rows.columns, extraPlaces),
  )
}

function pickColumns(columns: FactColumns, places: readonly number[]): FactColumns {
  const names = Object.entries(columns)
  const all = names[0]?.[1].length === places.length && places.every((at, index) => at === index)
  if (all) return columns
  return Object.fromEntries(names.map(([name, values]) => [name, places.map((at) => values[at] ?? null)]))
}
