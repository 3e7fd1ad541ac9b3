import { choleskyFactor, inverseDiagonal } from '../numeric/cholesky.ts'
import { hessian } from '../numeric/hessian.ts'
import { type Box, minimise, type Objective } from '../numeric/lbfgs.ts'

/**
 * A log-likelihood of positive parameters: returns its value and writes its derivatives by the parameters
 * themselves (not by their logarithms) into `gradient`.
 */
export type LogLikelihood = (params: Float64Array, gradient: Float64Array) => number

export interface Maximum {
  readonly params: readonly number[]
  /** From the curvature at the maximum; null for a parameter that the data do not determine. */
  readonly standardErrors: readonly (number | null)[]
  readonly logLikelihood: number
  readonly iterations: number
  readonly converged: boolean
  readonly atBound: readonly ('lower' | 'upper' | null)[]
}

/**
 * Bounds of the logarithm of a parameter. Data without drop-out drive a parameter to zero, data without
 * differences between customers drive pairs to infinity; the likelihood is flat long before these bounds.
 */
const BOX: Box = { lower: -14, upper: Math.log(1e4) }
const NEAR_BOUND = 0.05

/** Maximum likelihood over the logarithms of the parameters, so that they stay positive. */
export function maximiseLikelihood(
  logLikelihood: LogLikelihood,
  start: readonly number[],
  customers: number,
): Maximum {
  const objective = meanNegativeLog(logLikelihood, customers)
  const found = minimise(objective, Float64Array.from(start, Math.log), BOX)
  const params = [...found.point].map(Math.exp)
  return {
    params,
    standardErrors: standardErrors(objective, found.point, customers),
    logLikelihood: -found.value * customers,
    iterations: found.iterations,
    converged: found.converged,
    atBound: [...found.point].map(boundAt),
  }
}

function meanNegativeLog(logLikelihood: LogLikelihood, customers: number): Objective {
  return (logs, gradient) => {
    const params = logs.map(Math.exp)
    const value = logLikelihood(params, gradient)
    for (let i = 0; i < gradient.length; i++) {
      gradient[i] = (-(gradient[i] ?? 0) * (params[i] ?? 0)) / customers
    }
    return -value / customers
  }
}

function boundAt(log: number): 'lower' | 'upper' | null {
  if (log < BOX.lower + NEAR_BOUND) return 'lower'
  return log > BOX.upper - NEAR_BOUND ? 'upper' : null
}

/** Inverse curvature in the logarithms, times the parameter (delta method). Bounded parameters have none. */
function standardErrors(objective: Objective, logs: Float64Array, customers: number): (number | null)[] {
  const free = [...logs.keys()].filter((i) => boundAt(logs[i] ?? 0) === null)
  const factor = choleskyFactor(Float64Array.from(hessian(objective, logs, free).flat()), free.length)
  const variances = factor && inverseDiagonal(factor, free.length)
  return [...logs].map((log, i) => {
    const variance = variances?.[free.indexOf(i)]
    return variance === undefined ? null : Math.exp(log) * Math.sqrt(variance / customers)
  })
}
