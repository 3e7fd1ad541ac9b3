import type { Maximum } from './maximise-likelihood.ts'

/** Why there is no fit: said to people as it is, never worked around with a made-up number. */
export type Insufficiency =
  | 'no-customers'
  | 'no-time'
  | 'no-repeats'
  | 'few-repeaters'
  | 'no-amounts'
  | 'few-amounts'
  | 'equal-amounts'
  | 'not-converged'

/** What the reader of a fit should know about it. */
export type FitNote =
  /** a or s ran to zero: nobody is seen to leave, P(alive) says nothing, P(no purchase) still does. */
  | 'no-drop-out'
  /** All customers leave with the same probability. */
  | 'equal-drop-out'
  /** All customers buy at the same rate. */
  | 'equal-rates'
  /** Some parameter is not determined by the data; only its ratio to another is. */
  | 'at-bound'
  /** Mean amounts go with frequency: amount and count must not be multiplied. */
  | 'amount-depends-on-frequency'
  /** q ≤ 1: the fitted amounts have no finite mean. */
  | 'no-mean-amount'

export interface Fit<P> {
  readonly kind: 'fit'
  readonly params: P
  readonly standardErrors: { readonly [K in keyof P]: number | null }
  readonly logLikelihood: number
  readonly customers: number
  readonly repeaters: number
  readonly iterations: number
  readonly notes: readonly FitNote[]
}

export interface NoFit {
  readonly kind: 'insufficient'
  readonly reason: Insufficiency
  readonly customers: number
  readonly repeaters: number
}

export type FitResult<P> = Fit<P> | NoFit

export function noFit(reason: Insufficiency, customers: number, repeaters: number): NoFit {
  return { kind: 'insufficient', reason, customers, repeaters }
}

/** Reference practice: below this a company's own fit is worse than none. */
export const MIN_REPEATERS = 100

/** Multiplies parameters (and their errors) that carry a unit back into it. */
export function rescaled(
  maximum: Maximum,
  units: readonly number[],
): Pick<Maximum, 'params' | 'standardErrors'> {
  return {
    params: maximum.params.map((value, i) => value * (units[i] ?? 1)),
    standardErrors: maximum.standardErrors.map((error, i) =>
      error === null ? null : error * (units[i] ?? 1),
    ),
  }
}
