import type { Evidence } from '../model/score.ts'
import type { Settings } from '../settings.ts'
import type { Features } from './features.ts'

/** One reason for risk. Pure: the same features and settings give the same evidence. */
export interface Signal {
  readonly id: string
  /** Null when the signal does not fire, or when the data it needs is absent (missing is not zero). */
  evaluate(features: Features, settings: Settings['scoring']): Evidence | null
}
