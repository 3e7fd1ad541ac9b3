/** What one feature adds to the log-odds of one row. */
export interface Contribution {
  readonly name: string
  readonly value: number
  readonly points: number
}

/** base + Σ points = logit, exactly. */
export interface Explanation {
  readonly logit: number
  /** The log-odds of an average training row. */
  readonly base: number
  /** Strongest first. */
  readonly contributions: readonly Contribution[]
}

/** The explanation of a logit, strongest contribution first; ties by name so that the order is fixed. */
export function explanation(base: number, contributions: readonly Contribution[]): Explanation {
  const sorted = [...contributions].sort(
    (a, b) => Math.abs(b.points) - Math.abs(a.points) || (a.name < b.name ? -1 : 1),
  )
  return {
    logit: contributions.reduce((sum, one) => sum + one.points, base),
    base,
    contributions: sorted,
  }
}
