import { type FitPart, freshFits, rememberedFits } from '../learned/fit-part.ts'
import { learnedRisk } from '../learned/score-learned.ts'
import { type LearnerKind, trainLearned } from '../learned/train-learned.ts'
import type { BacktestScorer } from './backtest-scorer.ts'

/** A learner trained on the stage's past cut-offs and asked about its present. */
export function learnedScorer(kind: LearnerKind, fitPart: FitPart = freshFits()): BacktestScorer {
  return {
    name: kind,
    async risk({ training, earlier, x }, control) {
      const model = await trainLearned({ kind, training, earlier, fitPart }, control)
      return model && learnedRisk(model, x)
    },
  }
}

/** Their mean first: among equals it is preferred, then the learner that is easier to read. */
const PREFERENCE: readonly LearnerKind[] = ['blend', 'logistic', 'trees']

/** Both learners and their mean, in the order of preference. */
export function learnedScorers(seed = 1): BacktestScorer[] {
  const fitPart = rememberedFits(freshFits(seed))
  return PREFERENCE.map((kind) => learnedScorer(kind, fitPart))
}
