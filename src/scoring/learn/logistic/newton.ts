import { choleskySolve, inverseDiagonal, stubbornFactor } from '../../numeric/cholesky.ts'
import { sigmoid, softplus } from '../logit.ts'
import { breathe, type TrainControl } from '../train.ts'

/** Rows of a design, one after the other; column 0 is the constant 1 and is not penalised. */
export interface Design {
  readonly rows: number
  readonly width: number
  readonly cells: Float64Array
}

/** The maximum of the penalised likelihood. */
export interface NewtonFit {
  readonly weights: Float64Array
  /** Square roots of the diagonal of the inverse penalised information. */
  readonly errors: Float64Array
  /** Without the penalty. */
  readonly logLikelihood: number
  readonly iterations: number
  readonly converged: boolean
}

const MAX_ITERATIONS = 50

interface State {
  readonly gradient: Float64Array
  readonly information: Float64Array
}

/** Minimises Σ softplus(η) − y·η + λ/2·‖w‖² by Newton steps that are halved while the objective rises. */
export async function newtonLogistic(
  design: Design,
  y: Float64Array,
  lambda: number,
  control: TrainControl = {},
): Promise<NewtonFit> {
  let weights = new Float64Array(design.width)
  let objective = objectiveAt(design, y, weights, lambda)
  let iterations = 0
  let converged = false
  while (!converged && iterations < MAX_ITERATIONS) {
    const { gradient, information } = derivativesAt(design, y, weights, lambda)
    converged = gradient.every((value) => Math.abs(value) < 1e-10 * design.rows)
    if (converged) break
    const step = choleskySolve(stubbornFactor(information, design.width), design.width, gradient)
    const next = descend(design, y, lambda, weights, step, objective)
    if (!next) break
    weights = next.weights
    objective = next.objective
    iterations++
    await breathe(control, iterations / (iterations + 4))
  }
  const { information } = derivativesAt(design, y, weights, lambda)
  const errors = inverseDiagonal(stubbornFactor(information, design.width), design.width).map(Math.sqrt)
  const logLikelihood = -objectiveAt(design, y, weights, 0)
  return { weights, errors, logLikelihood, iterations, converged }
}

/** The longest of the steps 1, ½, ¼ … that does not raise the objective; null when none does (a flat end). */
function descend(
  design: Design,
  y: Float64Array,
  lambda: number,
  from: Float64Array,
  step: Float64Array,
  objective: number,
): { weights: Float64Array<ArrayBuffer>; objective: number } | null {
  for (let share = 1; share > 1e-6; share /= 2) {
    const weights = Float64Array.from(from, (value, j) => value - share * (step[j] ?? 0))
    const reached = objectiveAt(design, y, weights, lambda)
    if (reached <= objective) return { weights, objective: reached }
  }
  return null
}

function linearAt(design: Design, weights: Float64Array, row: number): number {
  const { cells, width } = design
  let eta = 0
  for (let j = 0, at = row * width; j < width; j++, at++) eta += (cells[at] ?? 0) * (weights[j] ?? 0)
  return eta
}

function objectiveAt(design: Design, y: Float64Array, weights: Float64Array, lambda: number): number {
  let sum = 0
  for (let row = 0; row < design.rows; row++) {
    const eta = linearAt(design, weights, row)
    sum += softplus(eta) - (y[row] ?? 0) * eta
  }
  for (let j = 1; j < design.width; j++) sum += (lambda / 2) * (weights[j] ?? 0) ** 2
  return sum
}

function derivativesAt(design: Design, y: Float64Array, weights: Float64Array, lambda: number): State {
  const { rows, width, cells } = design
  const gradient = new Float64Array(width)
  const information = new Float64Array(width * width)
  for (let row = 0; row < rows; row++) {
    const p = sigmoid(linearAt(design, weights, row))
    const curve = Math.max(p * (1 - p), 1e-10)
    const error = p - (y[row] ?? 0)
    const start = row * width
    for (let j = 0; j < width; j++) {
      const cell = cells[start + j] ?? 0
      gradient[j] = (gradient[j] ?? 0) + error * cell
      const scaled = curve * cell
      for (let k = 0, at = j * width; k <= j; k++, at++)
        information[at] = (information[at] ?? 0) + scaled * (cells[start + k] ?? 0)
    }
  }
  for (let j = 0; j < width; j++) {
    for (let k = 0; k < j; k++) information[k * width + j] = information[j * width + k] ?? 0
    if (j === 0) continue
    gradient[j] = (gradient[j] ?? 0) + lambda * (weights[j] ?? 0)
    information[j * width + j] = (information[j * width + j] ?? 0) + lambda
  }
  return { gradient, information }
}
