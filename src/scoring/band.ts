import { BANDS, type Band, bandRank } from '../model/churn.ts'
import type { Settings } from '../settings.ts'

/**
 * The band of a risk with hysteresis (A59): a band is entered as soon as risk reaches its floor and left only
 * when risk falls a margin below it, so that noise around a floor does not flip it every day.
 */
export function bandFor(risk: number, previous: Band | null, settings: Settings['scoring']['bands']): Band {
  const floorOf = (band: Band): number => (band === 'none' ? 0 : settings[band])
  const reached = BANDS.findLast((band) => risk >= floorOf(band)) ?? 'none'
  if (previous === null || bandRank(reached) >= bandRank(previous)) return reached
  // Falling: the highest band, not above the previous, whose lowered floor still holds.
  const held = BANDS.findLast(
    (band) => bandRank(band) <= bandRank(previous) && risk >= floorOf(band) - settings.hysteresis,
  )
  return held ?? 'none'
}
