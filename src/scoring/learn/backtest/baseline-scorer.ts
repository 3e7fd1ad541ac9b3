import { calibrate } from '../calibrate/calibrator.ts'
import { fitPlatt } from '../calibrate/platt.ts'
import type { Snapshot } from '../history/dataset.ts'
import { canTeach } from '../learned/train-learned.ts'
import type { BacktestScorer } from './backtest-scorer.ts'

/** Any number per customer that is higher where risk is higher. */
export type RankOf = (snapshot: Snapshot) => Float64Array

/** A rank turned into a probability by Platt's curve, fitted on the latest cut-off whose answers are known. */
export function baselineScorer(name: string, rankOf: RankOf): BacktestScorer {
  return {
    name,
    yardstick: true,
    async risk(stage) {
      const [latest] = stage.training
      if (!latest || !canTeach([latest])) return null
      const platt = await fitPlatt(rankOf(latest), latest.y)
      return rankOf(stage).map((value) => calibrate(platt, value))
    },
  }
}
