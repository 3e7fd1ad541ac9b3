import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../src/model/seeded-random.ts'
import type { Labelled, Matrix } from '../../../src/scoring/learn/matrix.ts'
import { fitTrees } from '../../../src/scoring/learn/trees/fit-trees.ts'
import { treesLogits } from '../../../src/scoring/learn/trees/predict-trees.ts'
import { childOf, type Tree, TreesModel } from '../../../src/scoring/learn/trees/tree-model.ts'
import { explainPart } from '../../support/explain-matrix.ts'
import { matrix } from '../../support/matrix.ts'

/** Risk rises with `a`, falls with the sum of `b` and `c`, and is high where `d` is missing. */
function invented(rows: number, seed = 3, known: 0 | 1 = 0): Labelled {
  const random = seededRandom(seed)
  const draw = (): number[] => Array.from({ length: rows }, () => Math.round(random() * 100) / 10)
  const [a, b, c] = [draw(), draw(), draw()]
  const d = draw().map((value) => (random() < 0.2 ? Number.NaN : value))
  const logit = (i: number): number =>
    0.6 * (a[i] ?? 0) - 0.3 * ((b[i] ?? 0) + (c[i] ?? 0)) + (Number.isNaN(d[i]) ? 2 : 0)
  return {
    x: matrix({ a, b, c, d }, { a: { log1p: false, monotone: known } }),
    y: Float64Array.from({ length: rows }, (_, i) => (random() < 1 / (1 + Math.exp(-logit(i))) ? 1 : 0)),
  }
}

/** Worth of a tree when only the features in the set are known: the definition, walked out in full. */
function worth(
  tree: Tree,
  columns: readonly Float64Array[],
  row: number,
  known: ReadonlySet<number>,
  node = 0,
): number {
  const [left, right] = [tree.left[node] ?? -1, tree.right[node] ?? -1]
  if (left < 0) return tree.value[node] ?? 0
  if (known.has(tree.feature[node] ?? -1))
    return worth(tree, columns, row, known, childOf(tree, columns, row, node))
  const share = (child: number): number => (tree.cover[child] ?? 0) / (tree.cover[node] ?? 1)
  return (
    share(left) * worth(tree, columns, row, known, left) +
    share(right) * worth(tree, columns, row, known, right)
  )
}

/** The Shapley value of a feature by summing over every subset of the others. */
function shapley(model: TreesModel, x: Matrix, row: number, feature: number): number {
  const columns = model.names.map((_, j) => x.columns[j]?.values ?? new Float64Array(0))
  const count = model.names.length
  const others = model.names.map((_, j) => j).filter((j) => j !== feature)
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1))
  let sum = 0
  for (let mask = 0; mask < 2 ** others.length; mask++) {
    const known = new Set(others.filter((_, k) => (mask >> k) & 1))
    const weight = (factorial(known.size) * factorial(count - known.size - 1)) / factorial(count)
    for (const tree of model.trees)
      sum +=
        weight * (worth(tree, columns, row, new Set([...known, feature])) - worth(tree, columns, row, known))
  }
  return sum
}

describe('boosted trees', () => {
  const data = invented(800)

  it('have contributions that are the Shapley values by definition and add up', async () => {
    const model = await fitTrees(data, { rounds: 12 })
    const logits = treesLogits(model, data.x)
    for (const row of [0, 1, 2, 17, 399]) {
      const { contributions } = explainPart(model, data.x, row)
      for (const { name, points } of contributions)
        expect(points).toBeCloseTo(shapley(model, data.x, row, model.names.indexOf(name)), 10)
    }
    for (let row = 0; row < data.x.rows; row++) {
      const { base, contributions } = explainPart(model, data.x, row)
      const sum = contributions.reduce((total, one) => total + one.points, base)
      expect(Math.abs(sum - (logits[row] ?? 0))).toBeLessThan(1e-9)
    }
  })

  it('are the same for the same seed and differ for another when they sample rows', async () => {
    const options = { rounds: 5, sample: 0.7 }
    const first = await fitTrees(data, { ...options, seed: 5 })
    expect(await fitTrees(data, { ...options, seed: 5 })).toEqual(first)
    expect((await fitTrees(data, { ...options, seed: 6 })).trees).not.toEqual(first.trees)
  })

  it('never lower the risk when a feature with a known sign rises', async () => {
    const noisy = invented(600, 11, 1)
    const model = await fitTrees(noisy, { rounds: 40, minRows: 5, maxLeaves: 16 })
    const values = Array.from({ length: 101 }, (_, k) => k / 10)
    for (let row = 0; row < 60; row++) {
      const repeated = noisy.x.columns.map((column) => ({
        ...column,
        values: Float64Array.from(values, (value) =>
          column.name === 'a' ? value : (column.values[row] ?? 0),
        ),
      }))
      const logits = treesLogits(model, { rows: values.length, columns: repeated })
      for (let k = 1; k < logits.length; k++)
        expect((logits[k] ?? 0) - (logits[k - 1] ?? 0)).toBeGreaterThanOrEqual(-1e-12)
    }
    const used = model.trees.some((tree) =>
      tree.left.some((left, node) => left >= 0 && tree.feature[node] === 0),
    )
    expect(used).toBe(true)
  })

  it('learn where missing values belong', async () => {
    const model = await fitTrees(invented(2000), { rounds: 60 })
    const one = (d: number): number => treesLogits(model, matrix({ a: [5], b: [5], c: [5], d: [d] }))[0] ?? 0
    expect(one(Number.NaN) - one(5)).toBeGreaterThan(1)
  })

  it('stop growing when later labels no longer gain', async () => {
    const short = await fitTrees(data, { rounds: 400, rate: 0.3, later: invented(800, 9), patience: 5 })
    expect(short.trees.length).toBeGreaterThan(0)
    expect(short.trees.length).toBeLessThan(200)
  })

  it('respect the smallest leaf and the number of leaves', async () => {
    const model = await fitTrees(data, { rounds: 10, minRows: 40, maxLeaves: 6 })
    for (const tree of model.trees) {
      const leaves = tree.left.flatMap((left, node) => (left < 0 ? [tree.cover[node] ?? 0] : []))
      expect(leaves.length).toBeLessThanOrEqual(6)
      expect(Math.min(...leaves)).toBeGreaterThanOrEqual(40)
      expect(leaves.reduce((sum, cover) => sum + cover, 0)).toBe(800)
    }
  })

  it('score alike after being stored, and when columns come in another order', async () => {
    const model = TreesModel.parse(JSON.parse(JSON.stringify(await fitTrees(data, { rounds: 8 }))))
    const turned = { rows: data.x.rows, columns: [...data.x.columns].reverse() }
    expect(treesLogits(model, turned)).toEqual(treesLogits(model, data.x))
  })

  it('answer with the base rate when there is nothing to split', async () => {
    const flat = { x: matrix({ v: new Array<number>(99).fill(1) }), y: new Float64Array(99) }
    const model = await fitTrees(flat)
    expect(model.trees).toEqual([])
    expect(treesLogits(model, flat.x)[0]).toBeCloseTo(Math.log(0.5 / 99.5), 10)
  })

  it('report progress and stop when told to', async () => {
    const stop = new AbortController()
    const seen: number[] = []
    const progress = (done: number): void => {
      seen.push(done)
      if (seen.length === 3) stop.abort(new Error('enough'))
    }
    await expect(fitTrees(data, { rounds: 50, signal: stop.signal, progress })).rejects.toThrow('enough')
    expect(seen).toEqual([1 / 50, 2 / 50, 3 / 50])
  })
})
