import { type LogisticModel, termContribution } from '../logistic/logistic-model.ts'
import { treesExplainer } from '../trees/split-tables.ts'
import type { TreesModel } from '../trees/tree-model.ts'
import type { LearnedModel, PartModel } from './learned-model.ts'

/** One row's values in the order of the columns; NaN is unknown. */
export type Row = ArrayLike<number>

/** A model bound to the order of its columns, for rows that come one at a time. */
export interface RowModel {
  /** Raw log-odds of churn, bit for bit those of `learnedLogits`. */
  logit(row: Row): number
  /** The log-odds of an average training row. */
  readonly base: number
  /** What each column adds to `base`, in the order of the columns. */
  explain(row: Row): Float64Array
}

interface RowPart {
  logit(row: Row): number
  readonly base: number
  /** Adds `weight` × the contribution of each column. */
  explain(row: Row, weight: number, points: Float64Array): void
}

/** Every column that some part of a model looks at. */
export function columnsSeen({ parts }: Pick<LearnedModel, 'parts'>): string[] {
  return parts.flatMap(({ model }) => {
    if (model.kind === 'logistic') return model.terms.map(({ name }) => name)
    return model.kind === 'trees' ? model.names : [model.name]
  })
}

/** Binds the parts of a model to columns, among which all of `columnsSeen` must be. */
export function rowModel({ parts }: Pick<LearnedModel, 'parts'>, columns: readonly string[]): RowModel {
  const bound = parts.map(({ weight, model }) => ({ weight, part: rowPart(model, columns) }))
  return {
    logit: (row) => bound.reduce((sum, { weight, part }) => sum + weight * part.logit(row), 0),
    base: bound.reduce((sum, { weight, part }) => sum + weight * part.base, 0),
    explain(row) {
      const points = new Float64Array(columns.length)
      for (const { weight, part } of bound) part.explain(row, weight, points)
      return points
    },
  }
}

function rowPart(model: PartModel, columns: readonly string[]): RowPart {
  if (model.kind === 'logistic') return logisticPart(model, columns)
  return model.kind === 'trees' ? treesPart(model, columns) : columnPart(model, columns.indexOf(model.name))
}

function logisticPart({ intercept, terms }: LogisticModel, columns: readonly string[]): RowPart {
  const bound = terms.map((term) => ({ term, at: columns.indexOf(term.name) }))
  return {
    logit: (row) =>
      bound.reduce((sum, { term, at }) => sum + termContribution(term, row[at] ?? Number.NaN), intercept),
    base: intercept,
    explain(row, weight, points) {
      for (const { term, at } of bound) {
        points[at] = (points[at] ?? 0) + weight * termContribution(term, row[at] ?? Number.NaN)
      }
    },
  }
}

/** Trees in flat lists of their own: a row is dropped through all of them without a look into the model. */
function treesPart(model: TreesModel, columns: readonly string[]): RowPart {
  const at = Int32Array.from(model.names, (name) => columns.indexOf(name))
  const trees = model.trees.map((tree) => ({
    feature: Int32Array.from(tree.feature, (feature) => at[feature] ?? -1),
    threshold: Float64Array.from(tree.threshold),
    missingLeft: Uint8Array.from(tree.missingLeft, (left) => (left ? 1 : 0)),
    left: Int32Array.from(tree.left),
    right: Int32Array.from(tree.right),
    value: Float64Array.from(tree.value),
  }))
  const explainer = treesExplainer(model)
  return {
    logit(row) {
      let sum = model.base
      for (const { feature, threshold, missingLeft, left, right, value } of trees) {
        let node = 0
        for (let next = left[0] ?? -1; next >= 0; next = left[node] ?? -1) {
          const cell = row[feature[node] ?? -1] ?? Number.NaN
          const goesLeft = Number.isNaN(cell) ? missingLeft[node] === 1 : cell <= (threshold[node] ?? 0)
          node = goesLeft ? next : (right[node] ?? -1)
        }
        sum += value[node] ?? 0
      }
      return sum
    },
    base: explainer.base,
    explain(row, weight, points) {
      const own = new Float64Array(at.length)
      const cells = Float64Array.from(at, (column) => row[column] ?? Number.NaN)
      explainer.add(cells, weight, own)
      at.forEach((column, j) => {
        points[column] = (points[column] ?? 0) + (own[j] ?? 0)
      })
    },
  }
}

function columnPart({ centre }: { centre: number }, at: number): RowPart {
  const cellOf = (row: Row): number => {
    const value = row[at] ?? Number.NaN
    return Number.isNaN(value) ? centre : value
  }
  return {
    logit: cellOf,
    base: centre,
    explain(row, weight, points) {
      points[at] = (points[at] ?? 0) + weight * (cellOf(row) - centre)
    },
  }
}
