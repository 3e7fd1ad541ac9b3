import type { LabelledSnapshot } from '../history/dataset.ts'
import { NO_PURCHASE } from '../history/enrich-purchase-model.ts'
import { fitLogistic } from '../logistic/fit-logistic.ts'
import { type Labelled, stack } from '../matrix.ts'
import type { TrainControl } from '../train.ts'
import { fitTrees, type TreesOptions } from '../trees/fit-trees.ts'
import type { PartModel } from './learned-model.ts'

type PartKind = 'logistic' | 'trees'

/** How many trees are grown: as many as are best on labels of a later time, or a number that was found so. */
export type Growth = { readonly later: LabelledSnapshot } | { readonly rounds: number }

/** Trains one learner on some snapshots. */
export type FitPart = (
  kind: PartKind,
  snapshots: readonly LabelledSnapshot[],
  control: TrainControl,
  growth?: Growth | null,
) => Promise<PartModel>

/** Trees at most while later labels decide. */
const MOST_TREES = 150

/** Trains afresh each time. */
export function freshFits(seed = 1): FitPart {
  return async (kind, snapshots, control, growth = null) => {
    const data = stack(snapshots.map(withoutModels))
    if (kind === 'logistic') return await fitLogistic(data, control)
    return await fitTrees(data, { ...control, seed, ...grownAs(growth) })
  }
}

function grownAs(growth: Growth | null): Pick<TreesOptions, 'rounds' | 'later'> {
  if (growth === null) return {}
  return 'later' in growth ? { rounds: MOST_TREES, later: withoutModels(growth.later) } : growth
}

/** The learners see facts only: the purchase model joins as a part of its own, so no reason is counted twice. */
function withoutModels({ x, y }: LabelledSnapshot): Labelled {
  return { x: { rows: x.rows, columns: x.columns.filter(({ name }) => name !== NO_PURCHASE) }, y }
}

/** Trains each learner once for the same snapshots: the mean of two learners then costs nothing beside both. */
export function rememberedFits(train: FitPart): FitPart {
  const known = new WeakMap<LabelledSnapshot, Map<string, PartModel>>()
  return async (kind, snapshots, control, growth = null) => {
    const [latest] = snapshots
    if (!latest) return await train(kind, snapshots, control, growth)
    const models = known.get(latest) ?? new Map<string, PartModel>()
    known.set(latest, models)
    const name = nameOf(kind, growth)
    const model = models.get(name) ?? (await train(kind, snapshots, control, growth))
    models.set(name, model)
    return model
  }
}

/** What tells two trainings on the same snapshots apart. */
export function nameOf(kind: PartKind, growth: Growth | null): string {
  if (kind === 'logistic' || growth === null) return kind
  return 'later' in growth ? `${kind} until ${growth.later.asOf}` : `${kind} of ${growth.rounds}`
}
