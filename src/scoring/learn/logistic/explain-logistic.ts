import { type Explanation, explanation } from '../contribution.ts'
import { type Matrix, valuesOf } from '../matrix.ts'
import { type LogisticModel, termContribution } from './logistic-model.ts'

/** The exact contributions of one row: weight × distance from the training mean. */
export function explainLogistic(model: LogisticModel, x: Matrix, row: number): Explanation {
  const columns = valuesOf(
    x,
    model.terms.map((term) => term.name),
  )
  const contributions = model.terms.map((term, j) => {
    const value = columns[j]?.[row] ?? Number.NaN
    return { name: term.name, value, points: termContribution(term, value) }
  })
  return explanation(model.intercept, contributions)
}
