import type { Day } from '../../src/model/day.ts'
import { type Stage, stageAt } from '../../src/scoring/learn/backtest/stage.ts'
import { withPurchaseModel } from '../../src/scoring/learn/history/enrich-purchase-model.ts'
import type { PurchaseLog } from '../../src/scoring/learn/history/purchase-log.ts'
import { freshFits } from '../../src/scoring/learn/learned/fit-part.ts'
import type { LearnedModel } from '../../src/scoring/learn/learned/learned-model.ts'
import { type LearnerKind, trainLearned } from '../../src/scoring/learn/learned/train-learned.ts'
import type { TrainControl } from '../../src/scoring/learn/train.ts'

interface LearnOptions extends TrainControl {
  readonly asOf: Day
  readonly horizon: number
  readonly kind?: LearnerKind
  readonly seed?: number
}

/** The model that the company's history up to a day can teach, and the stage that it is meant to score. */
export async function learnFromLog(
  log: PurchaseLog,
  options: LearnOptions,
): Promise<{ readonly stage: Stage; readonly model: LearnedModel | null }> {
  const { asOf, horizon, kind = 'blend', seed = 1 } = options
  const stage = await stageAt(log, { asOf, horizon, enrich: withPurchaseModel })
  const model = await trainLearned({ ...stage, kind, fitPart: freshFits(seed) }, options)
  return { stage, model }
}
