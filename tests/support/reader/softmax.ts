import { seededRandom } from '../../../src/model/seeded-random.ts'

/** One note to learn from: the numbers of its pieces of evidence, the value of each, and its right label. */
export interface Row {
  readonly at: readonly number[]
  readonly values: readonly number[]
  /** The number of the right label. */
  readonly truth: number
  /** How much this note counts, 1 for an ordinary one. */
  readonly weight: number
}

/** A fitted linear model: weights by evidence, then label; and one bias for each label. */
export interface Fitted {
  readonly weights: Float64Array
  readonly bias: readonly number[]
}

const EPOCHS = 20
const RATE = 0.3
const L2 = 1e-4

/**
 * Multinomial logistic regression by AdaGrad (Duchi, Hazan & Singer 2011) over sparse rows, with an L2 penalty on
 * the weights that a row touches. The same rows give the same weights.
 * @param size how many pieces of evidence there are
 */
export function fitSoftmax(rows: readonly Row[], labels: number, size: number): Fitted {
  const weights = new Float64Array((size + 1) * labels)
  const squares = new Float64Array(weights.length).fill(1e-6)
  const random = seededRandom(1)
  const order = rows.map((_, index) => index)
  const misses = new Float64Array(labels)
  const step = (at: number, gradient: number): void => {
    const square = (squares[at] ?? 0) + gradient * gradient
    squares[at] = square
    weights[at] = (weights[at] ?? 0) - (RATE * gradient) / Math.sqrt(square)
  }
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order, random)
    for (const index of order) {
      const row = rows[index]
      if (!row) continue
      missesOf(row, weights, size, misses)
      row.at.forEach((piece, k) => {
        const value = row.values[k] ?? 0
        misses.forEach((miss, label) => {
          const at = piece * labels + label
          step(at, miss * value + L2 * (weights[at] ?? 0))
        })
      })
      misses.forEach((miss, label) => {
        step(size * labels + label, miss)
      })
    }
  }
  return { weights, bias: [...weights.subarray(size * labels)] }
}

/** How much too likely each label of a row is, written into `misses`. */
function missesOf(
  { at, values, truth, weight }: Row,
  weights: Float64Array,
  size: number,
  misses: Float64Array,
): void {
  const labels = misses.length
  misses.set(weights.subarray(size * labels))
  for (let k = 0; k < at.length; k++) {
    const first = (at[k] ?? 0) * labels
    const value = values[k] ?? 0
    for (let label = 0; label < labels; label++)
      misses[label] = (misses[label] ?? 0) + value * (weights[first + label] ?? 0)
  }
  const highest = misses.reduce((a, b) => Math.max(a, b))
  let total = 0
  for (let label = 0; label < labels; label++)
    total += misses[label] = Math.exp((misses[label] ?? 0) - highest)
  for (let label = 0; label < labels; label++)
    misses[label] = ((misses[label] ?? 0) / total - (label === truth ? 1 : 0)) * weight
}

function shuffle(order: number[], random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const one = order[i] ?? 0
    order[i] = order[j] ?? 0
    order[j] = one
  }
}
