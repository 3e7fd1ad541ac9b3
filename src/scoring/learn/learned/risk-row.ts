import { calibrate } from '../calibrate/calibrator.ts'
import { logit } from '../logit.ts'
import type { LearnedModel } from './learned-model.ts'
import { type Row, rowModel } from './row-model.ts'
import { probabilityOf } from './score-learned.ts'

/** A model with its calibration and its segments, for rows that come one at a time. Log-odds of churn. */
export interface RiskRow {
  /** Those of `probabilityOf`. */
  logit(row: Row, segment: string | undefined): number
  explain(row: Row, segment: string | undefined): RiskReasons
}

/** base + Σ columns + segment = the log-odds of the risk. */
export interface RiskReasons {
  /** An average training row. */
  readonly base: number
  /** What each column adds. */
  readonly columns: Float64Array
  readonly segment: number
}

/** Nearer than this to the average row the slope of the calibration is taken as 1. */
const SAME = 1e-9

/**
 * Binds a model to columns, among which all of `columnsSeen` must be. Contributions are exact for the raw log-odds; they
 * are stretched as calibration stretches their sum, which keeps their order and sign.
 */
export function riskRow(
  model: Pick<LearnedModel, 'parts' | 'calibrator' | 'segments'>,
  columns: readonly string[],
): RiskRow {
  const bound = rowModel(model, columns)
  const calibrated = (raw: number): number => logit(calibrate(model.calibrator, raw))
  const full = (raw: number, segment: string | undefined): number => logit(probabilityOf(model, raw, segment))
  return {
    logit: (row, segment) => full(bound.logit(row), segment),
    explain(row, segment) {
      const raw = bound.logit(row)
      const known = calibrated(raw)
      const distance = raw - bound.base
      const slope = Math.abs(distance) < SAME ? 1 : (known - calibrated(bound.base)) / distance
      const values = bound.explain(row).map((value) => value * slope)
      return {
        base: known - values.reduce((sum, value) => sum + value, 0),
        columns: values,
        segment: full(raw, segment) - known,
      }
    },
  }
}
