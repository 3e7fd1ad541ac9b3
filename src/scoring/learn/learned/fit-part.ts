import type { LabelledSnapshot } from '../history/dataset.ts'
import { fitLogistic } from '../logistic/fit-logistic.ts'
import { stack } from '../matrix.ts'
import type { TrainControl } from '../train.ts'
import { fitTrees } from '../trees/fit-trees.ts'
import type { LearnedModel } from './learned-model.ts'

type PartKind = 'logistic' | 'trees'
type PartModel = LearnedModel['parts'][number]['model']

/** Trains one learner on some snapshots. */
export type FitPart = (
  kind: PartKind,
  snapshots: readonly LabelledSnapshot[],
  control: TrainControl,
) => Promise<PartModel>

/** Trains afresh each time. */
export function freshFits(seed = 1): FitPart {
  return async (kind, snapshots, control) => {
    const data = stack(snapshots)
    return kind === 'logistic' ? await fitLogistic(data, control) : await fitTrees(data, { ...control, seed })
  }
}

/** Trains each learner once for the same snapshots: the mean of two learners then costs nothing beside both. */
export function rememberedFits(train: FitPart): FitPart {
  const known = new WeakMap<LabelledSnapshot, Map<PartKind, PartModel>>()
  return async (kind, snapshots, control) => {
    const [latest] = snapshots
    if (!latest) return await train(kind, snapshots, control)
    const models = known.get(latest) ?? new Map<PartKind, PartModel>()
    known.set(latest, models)
    const model = models.get(kind) ?? (await train(kind, snapshots, control))
    models.set(kind, model)
    return model
  }
}
