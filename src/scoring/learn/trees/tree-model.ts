import { z } from 'zod'

/**
 * One regression tree as parallel lists over nodes; node 0 is the root. A node with `left` −1 is a leaf. Rows with
 * value ≤ threshold go left; rows with a missing value go where `missingLeft` says.
 */
export const Tree = z.object({
  feature: z.array(z.number().int()),
  threshold: z.array(z.number()),
  missingLeft: z.array(z.boolean()),
  left: z.array(z.number().int()),
  right: z.array(z.number().int()),
  /** Log-odds added by a leaf, learning rate included. */
  value: z.array(z.number()),
  /** Training rows that passed through the node: the weights of an exact contribution. */
  cover: z.array(z.number()),
})
export type Tree = z.infer<typeof Tree>

/** Boosted trees: log-odds = base + Σ leaf values. Plain JSON. */
export const TreesModel = z.object({
  kind: z.literal('trees'),
  /** Column names; `feature` in a tree counts in this list. */
  names: z.array(z.string()),
  base: z.number(),
  trees: z.array(Tree),
  seed: z.number().int(),
  rows: z.number().int(),
  positives: z.number(),
})
export type TreesModel = z.infer<typeof TreesModel>

/** The leaf that a row falls into. */
export function leafOf(tree: Tree, columns: readonly Float64Array[], row: number): number {
  let node = 0
  while ((tree.left[node] ?? -1) >= 0) node = childOf(tree, columns, row, node)
  return node
}

/** The child of an inner node that a row goes to. */
export function childOf(tree: Tree, columns: readonly Float64Array[], row: number, node: number): number {
  const value = columns[tree.feature[node] ?? 0]?.[row] ?? Number.NaN
  const left = Number.isNaN(value) ? tree.missingLeft[node] : value <= (tree.threshold[node] ?? 0)
  return (left ? tree.left[node] : tree.right[node]) ?? -1
}
