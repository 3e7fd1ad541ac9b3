import { type Matrix, valuesOf } from '../matrix.ts'
import { type LogisticModel, termContribution } from './logistic-model.ts'

/** Log-odds of churn of every row. */
export function logisticLogits(model: LogisticModel, x: Matrix): Float64Array {
  const columns = valuesOf(
    x,
    model.terms.map((term) => term.name),
  )
  const out = new Float64Array(x.rows).fill(model.intercept)
  model.terms.forEach((term, j) => {
    const values = columns[j]
    if (!values) return
    for (let row = 0; row < x.rows; row++)
      out[row] = (out[row] ?? 0) + termContribution(term, values[row] ?? Number.NaN)
  })
  return out
}
