import { describe, expect, it } from 'vitest'
import { purchaseLog } from '../../../src/scoring/learn/history/purchase-log.ts'
import type { LearnedModel } from '../../../src/scoring/learn/learned/learned-model.ts'
import { columnsSeen, rowModel } from '../../../src/scoring/learn/learned/row-model.ts'
import { learnedLogits } from '../../../src/scoring/learn/learned/score-learned.ts'
import type { Matrix } from '../../../src/scoring/learn/matrix.ts'
import { explainRaw } from '../../support/explain-matrix.ts'
import { inventedOrders } from '../../support/invented-orders.ts'
import { learnFromLog } from '../../support/learn-from-log.ts'

const AS_OF = 540

async function learnt(amounts: boolean): Promise<{ model: LearnedModel; x: Matrix }> {
  const log = purchaseLog(inventedOrders({ customers: 500, lastDay: AS_OF, amounts }), AS_OF)
  const { stage, model } = await learnFromLog(log, { asOf: AS_OF, horizon: 60 })
  if (!model) throw new Error('there was enough to learn from')
  return { model, x: stage.x }
}

/** Every seventh row with an unknown value somewhere. */
function withGaps(x: Matrix): Matrix {
  const columns = x.columns.map((column, j) => ({
    ...column,
    values: column.values.map((value, row) =>
      row % 7 === 0 && row % x.columns.length === j ? Number.NaN : value,
    ),
  }))
  return { ...x, columns }
}

describe('a model bound to rows', () => {
  it.each([true, false])(
    'says the same as over a matrix, to the bit, and explains it to 1e-9 (amounts: %s)',
    async (amounts) => {
      const { model, x: full } = await learnt(amounts)
      const x = withGaps(full)
      // In another order than the matrix, with a column that no part knows.
      const names = ['unknown', ...x.columns.map(({ name }) => name).reverse()]
      expect(columnsSeen(model).every((name) => names.includes(name))).toBe(true)
      const bound = rowModel(model, names)
      const logits = learnedLogits(model, x)
      for (let row = 0; row < x.rows; row++) {
        const cells = names.map(
          (name) => x.columns.find((one) => one.name === name)?.values[row] ?? Number.NaN,
        )
        expect(bound.logit(cells)).toBe(logits[row])
        const points = bound.explain(cells)
        const sum = points.reduce((total, value) => total + value, bound.base)
        expect(Math.abs(sum - (logits[row] ?? 0))).toBeLessThan(1e-9)
        if (row % 20 > 0) continue
        for (const one of explainRaw(model, x, row).contributions)
          expect(points[names.indexOf(one.name)]).toBeCloseTo(one.points, 10)
      }
    },
  )
})
