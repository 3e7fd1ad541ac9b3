import type { Entity } from './connector.ts'
import type { Reject } from './report.ts'

export type Value = string | number | null

/** A reject with the text of its row, as it is kept in the database. */
export interface RowReject extends Reject {
  readonly row: string
}

/**
 * Rows that passed reading, column by column: cheap to hand from the reading thread to the writing one and to
 * bind. Every array has `size` entries. Columns absent from the source are absent here.
 */
export interface Batch {
  readonly entity: Entity
  /** Rows taken from the source, rejected ones included. */
  readonly read: number
  readonly size: number
  readonly lines: readonly number[]
  readonly keys: readonly string[]
  /** Content hash of rows with an own key; empty for rows whose key is derived from their content. */
  readonly prints: readonly string[]
  readonly columns: Readonly<Record<string, readonly Value[]>>
  readonly rejects: readonly RowReject[]
  /** Latest fact in the batch (UTC ms), for freshness. */
  readonly latestAt: number | null
}

/** The batch with only the rows at `kept`, and further rejects. */
export function keepRows(batch: Batch, kept: readonly number[], rejects: readonly RowReject[]): Batch {
  const all = [...batch.rejects, ...rejects]
  if (kept.length === batch.size) return { ...batch, rejects: all }
  const pick = <T>(values: readonly T[]): T[] => kept.flatMap((at) => values.slice(at, at + 1))
  return {
    ...batch,
    size: kept.length,
    lines: pick(batch.lines),
    keys: pick(batch.keys),
    prints: pick(batch.prints),
    columns: Object.fromEntries(Object.entries(batch.columns).map(([name, values]) => [name, pick(values)])),
    rejects: all,
  }
}

/** A row as it was understood, for rejects that are found after reading. */
export function rowText(batch: Batch, at: number): string {
  const values = Object.entries(batch.columns).map(([name, column]) => [name, column[at] ?? null])
  return JSON.stringify({ key: batch.keys[at], ...Object.fromEntries(values) })
}
