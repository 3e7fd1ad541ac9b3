import type { Column, Labelled } from '../matrix.ts'
import type { TrainControl } from '../train.ts'
import { type LogisticModel, type LogisticTerm, signedLog1p } from './logistic-model.ts'
import { type Design, newtonLogistic } from './newton.ts'

export interface LogisticOptions extends TrainControl {
  /** Strength of the L2 penalty on standardised weights. */
  readonly lambda?: number
  /** False keeps the columns as they are: coefficients then read as in a textbook. */
  readonly standardise?: boolean
}

interface Prepared {
  readonly column: Column
  readonly centre: number
  readonly scale: number
  readonly missing: { readonly centre: number; readonly scale: number } | null
}

/** L2 logistic regression of the labels on the columns; missing values get an indicator of their own. */
export async function fitLogistic(data: Labelled, options: LogisticOptions = {}): Promise<LogisticModel> {
  const { lambda = 1, standardise = true } = options
  const prepared = data.x.columns.map((column) => prepare(column, standardise))
  const used = prepared.filter((column) => column !== null)
  const fit = await newtonLogistic(designOf(used, data.x.rows), data.y, lambda, options)
  return {
    kind: 'logistic',
    lambda,
    intercept: fit.weights[0] ?? 0,
    interceptSe: fit.errors[0] ?? 0,
    terms: termsOf(used, fit.weights, fit.errors),
    dropped: data.x.columns.filter((_, i) => prepared[i] === null).map((column) => column.name),
    rows: data.x.rows,
    positives: data.y.reduce((sum, value) => sum + value, 0),
    logLikelihood: fit.logLikelihood,
    iterations: fit.iterations,
  }
}

/** Centre and spread of the known values; null when they do not vary and none is missing. */
function prepare(column: Column, standardise: boolean): Prepared | null {
  const rows = column.values.length
  let [known, sum, squares] = [0, 0, 0]
  for (const value of column.values) {
    if (Number.isNaN(value)) continue
    const raw = column.log1p ? signedLog1p(value) : value
    known++
    const step = raw - sum
    sum += step / known
    squares += step * (raw - sum)
  }
  const spread = known > 1 ? Math.sqrt(squares / known) : 0
  const varies = spread > 1e-12 * Math.max(1, Math.abs(sum))
  const share = (rows - known) / rows
  const missing = known > 0 && known < rows ? { centre: share, scale: Math.sqrt(share * (1 - share)) } : null
  if (!varies && !missing) return null
  if (!standardise) return { column, centre: 0, scale: 1, missing: missing && { centre: 0, scale: 1 } }
  return { column, centre: sum, scale: varies ? spread : 1, missing }
}

function designOf(used: readonly Prepared[], rows: number): Design {
  const width = 1 + used.reduce((sum, one) => sum + (one.missing ? 2 : 1), 0)
  const cells = new Float64Array(rows * width)
  for (let row = 0; row < rows; row++) cells[row * width] = 1
  let at = 1
  for (const { column, centre, scale, missing } of used) {
    for (let row = 0; row < rows; row++) {
      const value = column.values[row] ?? Number.NaN
      const absent = Number.isNaN(value)
      const raw = column.log1p ? signedLog1p(value) : value
      cells[row * width + at] = absent ? 0 : (raw - centre) / scale
      if (missing) cells[row * width + at + 1] = ((absent ? 1 : 0) - missing.centre) / missing.scale
    }
    at += missing ? 2 : 1
  }
  return { rows, width, cells }
}

function termsOf(used: readonly Prepared[], weights: Float64Array, errors: Float64Array): LogisticTerm[] {
  let at = 1
  return used.map(({ column, centre, scale, missing }) => {
    const part = (place: number, middle: number, spread: number): LogisticTerm['value'] => ({
      weight: weights[place] ?? 0,
      se: errors[place] ?? 0,
      centre: middle,
      scale: spread,
    })
    const term = {
      name: column.name,
      log1p: column.log1p,
      value: part(at, centre, scale),
      missing: missing && part(at + 1, missing.centre, missing.scale),
    }
    at += missing ? 2 : 1
    return term
  })
}
