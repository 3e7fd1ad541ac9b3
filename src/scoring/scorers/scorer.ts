import type { z } from 'zod'
import type { Evidence } from '../../model/score.ts'
import type { Features } from '../features.ts'

/** A calibrated probability of churn within the horizon and the evidence it was made of. */
export interface Risk {
  readonly risk: number
  readonly points: number
  readonly evidence: readonly Evidence[]
}

/** Too little history to speak of risk: the card says 数据不足. */
export interface Unscored {
  readonly risk: null
  readonly reason: 'insufficient'
  readonly evidence: readonly Evidence[]
}

/** A way to turn features into risk. Parameters are data (`params`), stored with the run that used them. */
export interface ScorerSpec<P> {
  readonly name: string
  readonly version: number
  readonly params: z.ZodType<P>
  score(one: Features, params: P): Risk | Unscored
}
