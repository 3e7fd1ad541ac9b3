import { seededRandom } from '../../../src/model/seeded-random.ts'

/** The pieces of evidence of one note: their numbers, and the value of each. */
export interface Row {
  readonly at: readonly number[]
  readonly values: readonly number[]
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
 * @param truths the number of the right label of each row
 */
export function fitSoftmax(
  rows: readonly Row[],
  truths: readonly number[],
  labels: number,
  size: number,
): Fitted {
  const weights = new Float64Array((size + 1) * labels)
  const squares = new Float64Array(weights.length).fill(1e-6)
  const random = seededRandom(1)
  const order = rows.map((_, index) => index)
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
      const misses = likely(row, weights, labels, size)
      const truth = truths[index] ?? 0
      misses[truth] = (misses[truth] ?? 0) - 1
      misses.forEach((miss, label) => {
        row.at.forEach((piece, k) => {
          const at = piece * labels + label
          step(at, miss * (row.values[k] ?? 0) + L2 * (weights[at] ?? 0))
        })
        step(size * labels + label, miss)
      })
    }
  }
  return { weights, bias: [...weights.subarray(size * labels)] }
}

/** How likely each label is for a row. */
function likely({ at, values }: Row, weights: Float64Array, labels: number, size: number): number[] {
  const sums = Array.from(weights.subarray(size * labels))
  at.forEach((piece, k) => {
    for (let label = 0; label < labels; label++)
      sums[label] = (sums[label] ?? 0) + (values[k] ?? 0) * (weights[piece * labels + label] ?? 0)
  })
  const highest = Math.max(...sums)
  const shares = sums.map((one) => Math.exp(one - highest))
  const total = shares.reduce((sum, one) => sum + one, 0)
  return shares.map((one) => one / total)
}

function shuffle(order: number[], random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const one = order[i] ?? 0
    order[i] = order[j] ?? 0
    order[j] = one
  }
}
