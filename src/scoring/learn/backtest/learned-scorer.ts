import type { LabelledSnapshot } from '../history/dataset.ts'
import { type FitPart, freshFits, rememberedFits } from '../learned/fit-part.ts'
import type { LearnedModel } from '../learned/learned-model.ts'
import { modelAsOf } from '../learned/model-as-of.ts'
import { learnedRisk } from '../learned/score-learned.ts'
import { type LearnerKind, trainLearned } from '../learned/train-learned.ts'
import type { TrainControl } from '../train.ts'
import type { BacktestScorer } from './backtest-scorer.ts'
import type { Stage } from './stage.ts'

/** A learner trained on the stage's past cut-offs and asked about its present. */
export function learnedScorer(kind: LearnerKind, fitPart: FitPart = freshFits()): BacktestScorer {
  const known = new WeakMap<LabelledSnapshot, LearnedModel>()
  /** Trained once for the same past: a replay asks again every week. */
  async function modelOf(stage: Stage, control: TrainControl): Promise<LearnedModel | null> {
    const [latest] = stage.training
    const model = (latest && known.get(latest)) ?? (await trainLearned({ ...stage, kind, fitPart }, control))
    if (latest && model) known.set(latest, model)
    return model
  }
  return {
    name: kind,
    async risk(stage, control) {
      const model = await modelOf(stage, control)
      return model && learnedRisk(modelAsOf(model, stage.asOf), stage.x)
    },
    level: async (stage, control) => (await modelOf(stage, control))?.level ?? null,
  }
}

/** Their mean first: among equals it is preferred, then the learner that is easier to read. */
const PREFERENCE: readonly LearnerKind[] = ['blend', 'logistic', 'trees']

/** Both learners and their mean, in the order of preference. */
export function learnedScorers(train: FitPart = freshFits()): BacktestScorer[] {
  const fitPart = rememberedFits(train)
  return PREFERENCE.map((kind) => learnedScorer(kind, fitPart))
}
