import { z } from 'zod'
import { Calibrator } from '../calibrate/calibrator.ts'
import { SeasonLevel } from '../calibrate/season-level.ts'
import { LogisticModel } from '../logistic/logistic-model.ts'
import { DriftBins } from '../psi.ts'
import { TreesModel } from '../trees/tree-model.ts'
import { ColumnPart } from './column-part.ts'
import { SegmentEffects } from './segment-effects.ts'

/** A trained churn model with all that is needed to score, explain and watch it. Plain JSON, kept with its run. */
export const LearnedModel = z.object({
  version: z.literal(1),
  horizon: z.number().int().positive(),
  /** Days whose labels it was trained on, latest first. */
  cutoffs: z.array(z.number().int()),
  /** The log-odds of the model is the weighted sum of its parts; weights add up to 1. */
  parts: z.array(
    z.object({
      weight: z.number(),
      model: z.discriminatedUnion('kind', [LogisticModel, TreesModel, ColumnPart]),
    }),
  ),
  calibrator: Calibrator,
  /** Added to the calibrated log-odds: `probabilityOf`. */
  segments: SegmentEffects.default({}),
  /** Added to everybody's calibrated log-odds by the as-of day; null: nothing is known of the level's movements. */
  level: SeasonLevel.nullable().default(null),
  /** Distribution of the raw log-odds and of every feature in the latest training snapshot. */
  drift: z.record(z.string(), DriftBins),
})
export type LearnedModel = z.infer<typeof LearnedModel>
export type PartModel = LearnedModel['parts'][number]['model']

/** Name under which `drift` keeps the model's own log-odds. */
export const SCORE_DRIFT = 'score'
