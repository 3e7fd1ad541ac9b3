/** −1: risk must not rise with the value, 1: it must not fall, 0: the data decide. */
export type Monotone = -1 | 0 | 1

/** What a column means to a learner. */
export interface ColumnSpec {
  readonly name: string
  /** Long-tailed amounts and counts enter a linear model as sign(v)·ln(1+|v|). */
  readonly log1p: boolean
  readonly monotone: Monotone
}

/** One feature over all rows; NaN is "unknown", never zero. */
export interface Column extends ColumnSpec {
  readonly values: Float64Array
}

/** Features by column: learners look columns up by name, so the order carries no meaning. */
export interface Matrix {
  readonly rows: number
  readonly columns: readonly Column[]
  /** Segment of each row, where customers have one. */
  readonly segments?: readonly string[] | undefined
}

/** Rows with their labels: 1 = churned (or any share between 0 and 1). */
export interface Labelled {
  readonly x: Matrix
  readonly y: Float64Array
}

/** A column of the matrix, or null when the matrix does not know it. */
export function columnOf(x: Matrix, name: string): Column | null {
  return x.columns.find((column) => column.name === name) ?? null
}

/** The values of each named column; unknown columns are all missing. */
export function valuesOf(x: Matrix, names: readonly string[]): Float64Array[] {
  return names.map((name) => columnOf(x, name)?.values ?? new Float64Array(x.rows).fill(Number.NaN))
}

/** The chosen entries of a vector, in the order given. */
export function pick(values: Float64Array, rows: ArrayLike<number>): Float64Array {
  const out = new Float64Array(rows.length)
  for (let i = 0; i < rows.length; i++) out[i] = values[rows[i] ?? 0] ?? Number.NaN
  return out
}

/** Puts data sets with the same columns on top of one another. */
export function stack(parts: readonly Labelled[]): Labelled {
  const rows = parts.reduce((sum, part) => sum + part.x.rows, 0)
  const specs = parts[0]?.x.columns ?? []
  const columns = specs.map((spec) => ({
    ...spec,
    values: concat(
      parts.map((part) => columnOf(part.x, spec.name)?.values ?? missing(part.x.rows)),
      rows,
    ),
  }))
  return {
    x: { rows, columns },
    y: concat(
      parts.map((part) => part.y),
      rows,
    ),
  }
}

function missing(rows: number): Float64Array {
  return new Float64Array(rows).fill(Number.NaN)
}

function concat(parts: readonly Float64Array[], length: number): Float64Array {
  const out = new Float64Array(length)
  let at = 0
  for (const part of parts) {
    out.set(part, at)
    at += part.length
  }
  return out
}
