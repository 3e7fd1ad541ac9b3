/** One line of a table as text cells. */
export interface TableRow {
  readonly line: number
  readonly cells: readonly string[]
}

/** A table read in portions; the first row of the first portion is the header. */
export type TableRows = AsyncGenerator<readonly TableRow[]>
