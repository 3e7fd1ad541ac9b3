import { z } from 'zod'
import { type Matrix, valuesOf } from '../matrix.ts'

/** A part that takes log-odds of churn from one column: another model has already spoken there. Plain JSON. */
export const ColumnPart = z.object({
  kind: z.literal('column'),
  name: z.string(),
  /** Mean of the column in training; stands in where the column is unknown. */
  centre: z.number(),
})
export type ColumnPart = z.infer<typeof ColumnPart>

/** Log-odds of churn of every row. */
export function columnLogits(part: ColumnPart, x: Matrix): Float64Array {
  const [values] = valuesOf(x, [part.name])
  return Float64Array.from({ length: x.rows }, (_, row) => {
    const value = values?.[row] ?? Number.NaN
    return Number.isNaN(value) ? part.centre : value
  })
}
