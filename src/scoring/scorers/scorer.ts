import type { z } from 'zod'
import type { Evidence } from '../../model/score.ts'
import type { Settings } from '../../settings.ts'
import type { Features } from '../features.ts'

/** A probability of churn within the horizon and the evidence it was made of. */
export interface Risk {
  readonly risk: number
  readonly points: number
  /** Points of an average customer, on which the evidence builds: 0 for the rules. */
  readonly base: number
  /** Most points first; worked out when it is asked for. */
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
  score(one: Features, params: P, settings: Settings['scoring']): Risk | Unscored
}

/** A scorer whose parameters were read: what a scoring run works with. */
export interface ReadyScorer {
  readonly name: string
  /** As reports name it: a learned scorer with its kind and version. */
  readonly label: string
  readonly version: number
  readonly params: unknown
  score(one: Features, settings: Settings['scoring']): Risk | Unscored
}

/** Reads stored parameters (or the defaults, from `{}`) and binds them. */
export function ready<P>(spec: ScorerSpec<P>, stored: unknown): ReadyScorer {
  const params = spec.params.parse(stored)
  return {
    name: spec.name,
    label: spec.name,
    version: spec.version,
    params,
    score: (one, settings) => spec.score(one, params, settings),
  }
}
