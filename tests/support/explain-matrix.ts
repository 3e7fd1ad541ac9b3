import type { LearnedModel, PartModel } from '../../src/scoring/learn/learned/learned-model.ts'
import { riskRow } from '../../src/scoring/learn/learned/risk-row.ts'
import { columnsSeen, rowModel } from '../../src/scoring/learn/learned/row-model.ts'
import { type Matrix, valuesOf } from '../../src/scoring/learn/matrix.ts'

/** base + Σ points = logit. */
export interface Explanation {
  readonly logit: number
  readonly base: number
  readonly contributions: readonly { readonly name: string; readonly points: number }[]
}

/** What each column that the model sees adds to the raw log-odds of a row of a matrix. */
export function explainRaw(model: Pick<LearnedModel, 'parts'>, x: Matrix, row: number): Explanation {
  const { names, cells } = rowOf(model, x, row)
  const bound = rowModel(model, names)
  const points = bound.explain(cells)
  const contributions = names.map((name, j) => ({ name, points: points[j] ?? 0 }))
  return { logit: bound.logit(cells), base: bound.base, contributions }
}

/** The same for one part alone. */
export function explainPart(model: PartModel, x: Matrix, row: number): Explanation {
  return explainRaw({ parts: [{ weight: 1, model }] }, x, row)
}

/** The same for the log-odds of the risk; the segment's effect is named `segment`. */
export function explainRisk(
  model: Pick<LearnedModel, 'parts' | 'calibrator' | 'segments'>,
  x: Matrix,
  row: number,
): Explanation {
  const { names, cells } = rowOf(model, x, row)
  const bound = riskRow(model, names)
  const segment = x.segments?.[row]
  const reasons = bound.explain(cells, segment)
  const columns = names.map((name, j) => ({ name, points: reasons.columns[j] ?? 0 }))
  return {
    logit: bound.logit(cells, segment),
    base: reasons.base,
    contributions: [...columns, { name: 'segment', points: reasons.segment }],
  }
}

function rowOf(
  model: Pick<LearnedModel, 'parts'>,
  x: Matrix,
  row: number,
): { names: string[]; cells: number[] } {
  const names = [...new Set(columnsSeen(model))]
  return { names, cells: valuesOf(x, names).map((values) => values[row] ?? Number.NaN) }
}
