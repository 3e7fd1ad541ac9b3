import type { Evidence } from '../model/score.ts'
import type { Settings } from '../settings.ts'
import type { Features } from './features.ts'

/**
 * Signals of one family look at the same thing from several sides: a customer that stopped ordering is overdue,
 * silent and less active at once. Within a family only the strongest counts in full.
 */
export type SignalFamily = 'silence' | 'money' | 'voice' | 'contract' | 'people'

/** One reason for risk. Pure: the same features and settings give the same evidence. */
export interface Signal {
  readonly id: string
  readonly family: SignalFamily
  /** Null when the signal does not fire, or when the data it needs is absent (missing is not zero). */
  evaluate(features: Features, settings: Settings['scoring']): Evidence | null
}
