import type { Settings } from '../settings.ts'

const DEFAULT_GAP_DAYS = 60

/** The order gap a segment's preset expects, where too few customers have a cycle to measure one. */
export function fallbackGap(settings: Settings['scoring'], segment: string): number {
  const preset = settings.segments[segment] ?? settings.segments.default
  return preset?.expectedGapDays ?? DEFAULT_GAP_DAYS
}
