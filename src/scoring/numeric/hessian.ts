import type { Objective } from './lbfgs.ts'

/** Step of the central differences: gradients are exact, so the error is about step² and rounding/step. */
const STEP = 1e-4

/** Second derivatives of an objective at a point for the chosen coordinates, from its exact gradient. */
export function hessian(objective: Objective, at: Float64Array, coordinates: readonly number[]): number[][] {
  const rows = coordinates.map((i) => {
    const above = gradientAt(objective, at, i, STEP)
    const below = gradientAt(objective, at, i, -STEP)
    return coordinates.map((j) => ((above[j] ?? 0) - (below[j] ?? 0)) / (2 * STEP))
  })
  return rows.map((row, i) => row.map((value, j) => (value + (rows[j]?.[i] ?? 0)) / 2))
}

function gradientAt(objective: Objective, at: Float64Array, coordinate: number, by: number): Float64Array {
  const point = at.slice()
  point[coordinate] = (point[coordinate] ?? 0) + by
  const gradient = new Float64Array(at.length)
  objective(point, gradient)
  return gradient
}
