import { learnedRisk } from '../learned/score-learned.ts'
import { type LearnerKind, trainLearned } from '../learned/train-learned.ts'
import type { BacktestScorer } from './backtest-scorer.ts'

/** A learner trained on the stage's past cut-offs and asked about its present. */
export function learnedScorer(kind: LearnerKind, seed = 1): BacktestScorer {
  return {
    name: kind,
    async risk(stage, control) {
      const model = await trainLearned(
        { kind, training: stage.training, earlier: stage.earlier, seed },
        control,
      )
      return model && learnedRisk(model, stage.x)
    },
  }
}

/** Both learners and their mean. */
export const learnedScorers: readonly BacktestScorer[] = [
  learnedScorer('logistic'),
  learnedScorer('trees'),
  learnedScorer('blend'),
]
