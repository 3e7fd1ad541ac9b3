import { type Matrix, type Monotone, pick } from '../../src/scoring/learn/matrix.ts'

/** A matrix from plain columns; `specs` overrides how a column enters a learner. */
export function matrix(
  columns: Readonly<Record<string, readonly number[]>>,
  specs: Readonly<Record<string, { log1p: boolean; monotone: Monotone }>> = {},
): Matrix {
  const entries = Object.entries(columns)
  return {
    rows: entries[0]?.[1].length ?? 0,
    columns: entries.map(([name, values]) => ({
      name,
      ...(specs[name] ?? { log1p: false, monotone: 0 }),
      values: Float64Array.from(values),
    })),
  }
}

/** The named rows of the matrix, in the order given. */
export function rowsOf(x: Matrix, rows: ArrayLike<number>): Matrix {
  const columns = x.columns.map((column) => ({ ...column, values: pick(column.values, rows) }))
  const segments = x.segments && Array.from(rows, (row) => x.segments?.[row] ?? '')
  return { rows: rows.length, columns, segments }
}
