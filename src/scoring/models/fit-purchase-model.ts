import { betaGeometricLikelihood } from './beta-geometric.ts'
import { betaGeometricForecast } from './beta-geometric-forecast.ts'
import {
  type Fit,
  type FitNote,
  type FitResult,
  type Insufficiency,
  MIN_REPEATERS,
  noFit,
  rescaled,
} from './fit.ts'
import { type LogLikelihood, type Maximum, maximiseLikelihood } from './maximise-likelihood.ts'
import { paretoLikelihood } from './pareto-nbd.ts'
import { paretoForecast } from './pareto-nbd-forecast.ts'
import { meanAge, type PurchaseCells } from './purchase-cells.ts'
import type { BetaGeometricParams, ParetoParams, PurchaseForecast } from './purchase-model.ts'

export interface FitOptions {
  readonly minRepeaters?: number
}

/** One kind of purchase model: how it is fitted and what a fit of it can say. */
export interface PurchaseModel<P> {
  readonly name: string
  fit(cells: PurchaseCells, options?: FitOptions): FitResult<P>
  forecast(params: P): PurchaseForecast
}

interface Recipe<P> {
  readonly names: readonly (keyof P & string)[]
  readonly start: readonly number[]
  /** Which parameters are times. */
  readonly timed: readonly boolean[]
  likelihood(cells: PurchaseCells, times: Float64Array): LogLikelihood
  /** Share of customers that leave, from parameters in fitting time. */
  leavers(params: readonly number[]): number
  named(values: readonly number[]): P
  namedErrors(values: readonly (number | null)[]): Fit<P>['standardErrors']
}

/**
 * Times are scaled to this mean age while fitting, so that the starting point suits every data set and the
 * result does not depend on the unit.
 */
const FITTING_AGE = 30

/** A smaller share of leavers (per purchase, or within the mean age) says that nobody is seen to leave. */
const NO_DROP_OUT = 1e-3

const betaGeometricRecipe = (first: 0 | 1): Recipe<BetaGeometricParams> => ({
  names: ['r', 'alpha', 'a', 'b'],
  start: [1, 3, 1, 3],
  timed: [false, true, false, false],
  likelihood: (cells, times) => betaGeometricLikelihood(cells, times, first),
  leavers: ([, , a = 0, b = 0]) => a / (a + b),
  named: ([r = 0, alpha = 0, a = 0, b = 0]) => ({ r, alpha, a, b }),
  namedErrors: ([r = null, alpha = null, a = null, b = null]) => ({ r, alpha, a, b }),
})

const paretoRecipe: Recipe<ParetoParams> = {
  names: ['r', 'alpha', 's', 'beta'],
  start: [1, 5, 1, 5],
  timed: [false, true, false, true],
  likelihood: paretoLikelihood,
  leavers: ([, , s = 0, beta = 0]) => -Math.expm1(-s * Math.log1p(FITTING_AGE / beta)),
  named: ([r = 0, alpha = 0, s = 0, beta = 0]) => ({ r, alpha, s, beta }),
  namedErrors: ([r = null, alpha = null, s = null, beta = null]) => ({ r, alpha, s, beta }),
}

export const bgNbd: PurchaseModel<BetaGeometricParams> = {
  name: 'bg-nbd',
  fit: (cells, options) => fitRecipe(betaGeometricRecipe(0), cells, options),
  forecast: (params) => betaGeometricForecast(params, 0),
}

export const mbgNbd: PurchaseModel<BetaGeometricParams> = {
  name: 'mbg-nbd',
  fit: (cells, options) => fitRecipe(betaGeometricRecipe(1), cells, options),
  forecast: (params) => betaGeometricForecast(params, 1),
}

export const paretoNbd: PurchaseModel<ParetoParams> = {
  name: 'pareto-nbd',
  fit: (cells, options) => fitRecipe(paretoRecipe, cells, options),
  forecast: paretoForecast,
}

function fitRecipe<P>(recipe: Recipe<P>, cells: PurchaseCells, options: FitOptions = {}): FitResult<P> {
  const { customers, repeaters } = cells
  const lacking = whatIsLacking(cells, options.minRepeaters ?? MIN_REPEATERS)
  if (lacking) return noFit(lacking, customers, repeaters)
  const scale = FITTING_AGE / meanAge(cells)
  const times = cells.times.map((time) => time * scale)
  const maximum = maximiseLikelihood(recipe.likelihood(cells, times), recipe.start, customers)
  if (!maximum.converged) return noFit('not-converged', customers, repeaters)
  const { params, standardErrors } = rescaled(
    maximum,
    recipe.timed.map((timed) => (timed ? 1 / scale : 1)),
  )
  return {
    kind: 'fit',
    params: recipe.named(params),
    standardErrors: recipe.namedErrors(standardErrors),
    logLikelihood: maximum.logLikelihood + cells.repeats * Math.log(scale),
    customers,
    repeaters,
    iterations: maximum.iterations,
    notes: notesOf(maximum, recipe.leavers(maximum.params)),
  }
}

function whatIsLacking(cells: PurchaseCells, minRepeaters: number): Insufficiency | null {
  if (cells.customers === 0) return 'no-customers'
  if (!(meanAge(cells) > 0)) return 'no-time'
  if (cells.repeaters === 0) return 'no-repeats'
  return cells.repeaters < minRepeaters ? 'few-repeaters' : null
}

/** All models here have the order (rate shape, rate scale, drop-out, other drop-out). */
function notesOf({ atBound }: Maximum, leavers: number): FitNote[] {
  const [rates, scale, leaving, staying] = atBound
  if (leavers < NO_DROP_OUT) return ['no-drop-out']
  const notes: FitNote[] = []
  if (rates === 'upper' || scale === 'upper') notes.push('equal-rates')
  if (leaving === 'upper' || staying === 'upper') notes.push('equal-drop-out')
  if (notes.length === 0 && atBound.some((bound) => bound !== null)) notes.push('at-bound')
  return notes
}
