import type { Day } from '../../../model/day.ts'

/** Days on which a learner may look back from `asOf` and already know the answer, latest first. */
export interface CutoffPlan {
  /** First observed purchase day. */
  readonly firstDay: Day
  /** Nothing after this day is known. */
  readonly asOf: Day
  readonly horizon: number
  /** Latest cut-off wanted; never later than asOf − horizon. */
  readonly latest?: Day | undefined
  readonly count?: number
}

/**
 * Up to `count` cut-offs a third of a horizon apart. Each satisfies cut-off + horizon ≤ asOf, and at least a third of
 * a horizon of purchases lies before it: a log that is too short gives fewer, or none.
 */
export function trainingCutoffs({ firstDay, asOf, horizon, latest, count = 3 }: CutoffPlan): Day[] {
  const last = Math.min(latest ?? asOf - horizon, asOf - horizon)
  const step = Math.max(1, Math.round(horizon / 3))
  return Array.from({ length: count }, (_, k) => last - k * step).filter((day) => day >= firstDay + step)
}
