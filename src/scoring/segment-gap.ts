import { ownValue } from '../model/own-value.ts'
import type { Population } from '../model/population.ts'
import type { Settings } from '../settings.ts'
import type { Gaps } from './features-of.ts'

const DEFAULT_GAP_DAYS = 60

/** The order gap a segment's settings expect: what churn definitions stand on, whoever else is a customer. */
export function expectedGap(settings: Settings['scoring'], segment: string): number {
  const preset = ownValue(settings.segments, segment) ?? settings.segments.default
  return preset?.expectedGapDays ?? DEFAULT_GAP_DAYS
}

/**
 * The typical gap a customer's own cycle is pulled to: measured in its segment, else what its segment's own
 * settings expect, else measured over everybody, else the default. Few measured customers still say more than
 * a default made for nobody in particular.
 */
export function segmentGap(settings: Settings['scoring'], population: Population, segment: string): number {
  const measured = ownValue(population.segmentGaps, segment)
  if (measured !== undefined) return measured
  const own = Object.hasOwn(settings.segments, segment) && segment !== 'default'
  return own ? expectedGap(settings, segment) : (population.gap ?? expectedGap(settings, segment))
}

/** Both gaps of a segment, as features need them. */
export function gapsFor(settings: Settings['scoring'], population: Population, segment: string): Gaps {
  return { measured: segmentGap(settings, population, segment), expected: expectedGap(settings, segment) }
}
