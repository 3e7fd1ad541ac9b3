import { forEachTie, orderOf } from '../rank.ts'
import { type Calibrator, clampProbability } from './calibrator.ts'

interface Block {
  scores: number
  sum: number
  weight: number
}

/**
 * Pool-adjacent-violators: the rising step function closest to the labels; tied scores are pooled first. Each step
 * is then a corner at its mean score and straight lines join the corners (centred isotonic regression, Oron &
 * Flournoy 2017), so that customers inside a step keep their order.
 */
export function fitIsotonic(
  scores: Float64Array,
  y: Float64Array,
): Extract<Calibrator, { kind: 'isotonic' }> {
  const order = orderOf(scores)
  const blocks: Block[] = []
  forEachTie(scores, order, (from, to) => {
    const weight = to - from
    let sum = 0
    for (let k = from; k < to; k++) sum += y[order[k] ?? 0] ?? 0
    blocks.push({ scores: (scores[order[from] ?? 0] ?? 0) * weight, sum, weight })
    pool(blocks)
  })
  return {
    kind: 'isotonic',
    at: blocks.map((block) => block.scores / block.weight),
    p: blocks.map((block) => clampProbability(block.sum / block.weight)),
    rows: scores.length,
  }
}

/** Joins the last blocks while their means do not rise. */
function pool(blocks: Block[]): void {
  for (;;) {
    const last = blocks.at(-1)
    const before = blocks.at(-2)
    if (!last || !before || before.sum * last.weight < last.sum * before.weight) return
    before.scores += last.scores
    before.sum += last.sum
    before.weight += last.weight
    blocks.pop()
  }
}
