import { seededRandom } from '../../../model/seeded-random.ts'
import { logit, softplus } from '../logit.ts'
import { type Labelled, valuesOf } from '../matrix.ts'
import { breathe, type TrainControl } from '../train.ts'
import { type Binned, binColumns } from './bin-columns.ts'
import { type Grown, type GrowOptions, growTree } from './grow-tree.ts'
import { leafOf, type Tree, type TreesModel } from './tree-model.ts'

export interface TreesOptions extends TrainControl {
  readonly rounds?: number
  readonly rate?: number
  readonly maxLeaves?: number
  readonly minRows?: number
  readonly minCurvature?: number
  readonly lambda?: number
  readonly gamma?: number
  readonly maxBins?: number
  /** Share of the rows that each tree sees; below 1 the seed decides which. */
  readonly sample?: number
  readonly seed?: number
  /** Later labels: growing stops when they have not improved for `patience` trees, and the best length is kept. */
  readonly later?: Labelled
  readonly patience?: number
}

const DEFAULTS = {
  rounds: 75,
  rate: 0.08,
  maxLeaves: 8,
  minRows: 30,
  minCurvature: 1,
  lambda: 1,
  gamma: 0,
  maxBins: 64,
  sample: 1,
  seed: 1,
  patience: 20,
}

/** Boosted trees for the log-odds of the labels. The same data, options and seed give the same trees. */
export async function fitTrees(data: Labelled, options: TreesOptions = {}): Promise<TreesModel> {
  const settings = { ...DEFAULTS, ...options }
  const { x, y } = data
  const positives = y.reduce((sum, value) => sum + value, 0)
  const base = logit((positives + 0.5) / (x.rows + 1))
  const binned = binColumns(x.columns, settings.maxBins)
  const names = x.columns.map((column) => column.name)
  const random = seededRandom(settings.seed)
  const logits = new Float64Array(x.rows).fill(base)
  const watch = settings.later ? watchLater(settings.later, names, base) : null
  const trees: Tree[] = []
  while (trees.length < settings.rounds && !(watch && trees.length - watch.best() >= settings.patience)) {
    const grown = growOne(binned, logits, y, settings, random)
    if (grown.tree.value.length === 1) break
    addTree(binned, grown, logits)
    trees.push(grown.tree)
    watch?.add(grown.tree)
    await breathe(options, trees.length / settings.rounds)
  }
  const kept = watch ? trees.slice(0, watch.best()) : trees
  return { kind: 'trees', names, base, trees: kept, seed: settings.seed, rows: x.rows, positives }
}

function growOne(
  binned: Binned,
  logits: Float64Array,
  y: Float64Array,
  settings: GrowOptions & { sample: number },
  random: () => number,
): Grown {
  const gradient = new Float64Array(binned.rows)
  const curvature = new Float64Array(binned.rows)
  for (let row = 0; row < binned.rows; row++) {
    const p = 1 / (1 + Math.exp(-(logits[row] ?? 0)))
    gradient[row] = p - (y[row] ?? 0)
    curvature[row] = p * (1 - p)
  }
  const all = Uint32Array.from({ length: binned.rows }, (_, row) => row)
  const rows = settings.sample < 1 ? all.filter(() => random() < settings.sample) : all
  return growTree(binned, { gradient, curvature }, rows, settings)
}

/** Drops every training row through the new tree by its bins. */
function addTree(binned: Binned, { tree, splitBin }: Grown, logits: Float64Array): void {
  for (let row = 0; row < binned.rows; row++) {
    let node = 0
    while ((tree.left[node] ?? -1) >= 0) {
      const feature = binned.features[tree.feature[node] ?? 0]
      const bin = feature?.bins[row] ?? 0
      const left = bin === feature?.missingBin ? tree.missingLeft[node] : bin <= (splitBin[node] ?? 0)
      node = (left ? tree.left[node] : tree.right[node]) ?? -1
    }
    logits[row] = (logits[row] ?? 0) + (tree.value[node] ?? 0)
  }
}

/** Keeps the loss on later labels and the number of trees at which it was lowest. */
function watchLater(
  later: Labelled,
  names: readonly string[],
  base: number,
): { add(tree: Tree): void; best(): number } {
  const columns = valuesOf(later.x, names)
  const logits = new Float64Array(later.x.rows).fill(base)
  let lowest = lossOf(logits, later.y)
  let [grown, best] = [0, 0]
  return {
    best: () => best,
    add(tree) {
      grown++
      for (let row = 0; row < logits.length; row++)
        logits[row] = (logits[row] ?? 0) + (tree.value[leafOf(tree, columns, row)] ?? 0)
      const loss = lossOf(logits, later.y)
      if (loss >= lowest) return
      lowest = loss
      best = grown
    },
  }
}

function lossOf(logits: Float64Array, y: Float64Array): number {
  let sum = 0
  for (let row = 0; row < y.length; row++)
    sum += softplus(logits[row] ?? 0) - (y[row] ?? 0) * (logits[row] ?? 0)
  return sum
}
