import type { LabelledSnapshot } from '../history/dataset.ts'
import { NO_PURCHASE } from '../history/enrich-purchase-model.ts'
import { fitLogistic } from '../logistic/fit-logistic.ts'
import { type Labelled, stack } from '../matrix.ts'
import type { TrainControl } from '../train.ts'
import { fitTrees } from '../trees/fit-trees.ts'
import type { PartModel } from './learned-model.ts'

type PartKind = 'logistic' | 'trees'

/** Trains one learner on some snapshots. */
export type FitPart = (
  kind: PartKind,
  snapshots: readonly LabelledSnapshot[],
  control: TrainControl,
) => Promise<PartModel>

/** Trains afresh each time. */
export function freshFits(seed = 1): FitPart {
  return async (kind, snapshots, control) => {
    const data = stack(snapshots.map(withoutModels))
    return kind === 'logistic' ? await fitLogistic(data, control) : await fitTrees(data, { ...control, seed })
  }
}

/** The learners see facts only: the purchase model joins as a part of its own, so no reason is counted twice. */
function withoutModels({ x, y }: LabelledSnapshot): Labelled {
  return { x: { rows: x.rows, columns: x.columns.filter(({ name }) => name !== NO_PURCHASE) }, y }
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
