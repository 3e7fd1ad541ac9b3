import type { Matrix, Monotone } from '../../src/scoring/learn/matrix.ts'

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
