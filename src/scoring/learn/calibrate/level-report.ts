import type { Day } from '../../../model/day.ts'
import { logit, sigmoid } from '../logit.ts'
import { levelAt, type SeasonLevel } from './season-level.ts'

/** What a scorer expects of the share of churn ahead, and how far it may be off. */
export interface LevelReport {
  /** Whether the company's own past holds the season that lies ahead. */
  readonly method: 'same-season' | 'unseen-season'
  /** Added to everybody's log-odds for the season. */
  readonly shift: number
  /** Mean risk of the customers judged. */
  readonly expected: number
  /** The share of churn came to lie between these in about nine of ten trials; null where no earlier error is known. */
  readonly low: number | null
  readonly high: number | null
}

/** Spreads to either side. */
const WIDTH = 1.96

/** The level of risks as of a day, with its interval. */
export function levelReport(level: SeasonLevel, asOf: Day, risk: Float64Array): LevelReport {
  const moved = (by: number): number =>
    risk.reduce((sum, p) => sum + sigmoid(logit(p) + by), 0) / Math.max(risk.length, 1)
  const width = level.spread === null ? null : WIDTH * level.spread
  return {
    method: level.days.length > 0 ? 'same-season' : 'unseen-season',
    shift: levelAt(level, asOf),
    expected: moved(0),
    low: width && moved(-width),
    high: width && moved(width),
  }
}
