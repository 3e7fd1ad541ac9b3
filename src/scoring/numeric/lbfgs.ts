/** Returns the value at `point` and writes the gradient there into `gradient`. */
export type Objective = (point: Float64Array, gradient: Float64Array) => number

export interface Minimum {
  readonly point: Float64Array
  readonly value: number
  readonly iterations: number
  readonly converged: boolean
}

export interface Box {
  readonly lower: number
  readonly upper: number
}

/** One remembered step: s = change of the point, y = change of the gradient. */
interface Memory {
  readonly s: Float64Array
  readonly y: Float64Array
  readonly rho: number
}

interface State {
  readonly point: Float64Array
  readonly gradient: Float64Array
  readonly value: number
}

const MEMORY = 8
const MAX_ITERATIONS = 500
/** Relative progress that counts as none; twice in a row ends the search. */
const VALUE_TOLERANCE = 1e-13
const GRADIENT_TOLERANCE = 1e-9
/** Without a better direction than this slope the point is not called a minimum. */
const ACCEPTABLE_GRADIENT = 1e-4
/** No coordinate moves further in one step (coordinates are logarithms of parameters). */
const LONGEST_STEP = 2
const SUFFICIENT_DECREASE = 1e-4
const MAX_HALVINGS = 40

/** Minimises a smooth function inside a box with projected L-BFGS. Deterministic; never returns NaN. */
export function minimise(objective: Objective, start: Float64Array, box: Box): Minimum {
  let state = evaluate(
    objective,
    start.map((value) => clamp(value, box)),
  )
  let memory: Memory[] = []
  let idle = 0
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const free = freeGradient(state, box)
    const slope = largest(free)
    if (slope < GRADIENT_TOLERANCE) return finish(state, iteration, true)
    const next =
      lineSearch(objective, state, descent(free, memory), box, memory.length === 0) ??
      lineSearch(objective, state, descent(free, []), box, true)
    if (!next) return finish(state, iteration, slope < ACCEPTABLE_GRADIENT)
    idle = state.value - next.value <= VALUE_TOLERANCE * Math.max(1, Math.abs(state.value)) ? idle + 1 : 0
    if (idle === 2) return finish(next, iteration + 1, true)
    memory = remember(memory, state, next)
    state = next
  }
  return finish(state, MAX_ITERATIONS, false)
}

function finish(state: State, iterations: number, converged: boolean): Minimum {
  return { point: state.point, value: state.value, iterations, converged }
}

function evaluate(objective: Objective, point: Float64Array): State {
  const gradient = new Float64Array(point.length)
  const value = objective(point, gradient)
  return { point, gradient, value }
}

/** The gradient without the coordinates that are held at a bound. */
function freeGradient({ point, gradient }: State, { lower, upper }: Box): Float64Array {
  return gradient.map((slope, i) => {
    const at = point[i] ?? 0
    return (at <= lower && slope > 0) || (at >= upper && slope < 0) ? 0 : slope
  })
}

/** −H·gradient by the two-loop recursion; held coordinates stay where they are. */
function descent(gradient: Float64Array, memory: readonly Memory[]): Float64Array {
  const direction = gradient.map((value) => -value)
  const shares: number[] = []
  for (const { s, y, rho } of memory.toReversed()) {
    const share = rho * dot(s, direction)
    shares.push(share)
    addScaled(direction, y, -share)
  }
  const latest = memory.at(-1)
  if (latest) scale(direction, 1 / (latest.rho * dot(latest.y, latest.y)))
  for (const { s, y, rho } of memory) addScaled(direction, s, (shares.pop() ?? 0) - rho * dot(y, direction))
  for (let i = 0; i < direction.length; i++) if (gradient[i] === 0) direction[i] = 0
  return direction
}

/** Backtracking along the projected direction; null when nothing along it is lower. */
function lineSearch(
  objective: Objective,
  state: State,
  direction: Float64Array,
  box: Box,
  steepest: boolean,
): State | null {
  if (!(dot(direction, state.gradient) < 0)) return null
  const length = largest(direction)
  let step = steepest ? Math.min(1, 1 / length) : Math.min(1, LONGEST_STEP / length)
  for (let halving = 0; halving < MAX_HALVINGS; halving++) {
    const point = state.point.map((value, i) => clamp(value + step * (direction[i] ?? 0), box))
    const next = evaluate(objective, point)
    const expected = point.reduce(
      (sum, value, i) => sum + (value - (state.point[i] ?? 0)) * (state.gradient[i] ?? 0),
      0,
    )
    if (next.value <= state.value + SUFFICIENT_DECREASE * expected && next.gradient.every(Number.isFinite))
      return next
    step *= shorter(state.value, next.value, expected)
  }
  return null
}

/** The share of the step at the minimum of the parabola through both ends, kept within [0.1, 0.5]. */
function shorter(before: number, after: number, slope: number): number {
  const best = -slope / (2 * (after - before - slope))
  return Number.isFinite(best) ? Math.min(0.5, Math.max(0.1, best)) : 0.1
}

function remember(memory: readonly Memory[], before: State, after: State): Memory[] {
  const s = after.point.map((value, i) => value - (before.point[i] ?? 0))
  const y = after.gradient.map((value, i) => value - (before.gradient[i] ?? 0))
  const curvature = dot(s, y)
  if (curvature <= 1e-16 * dot(y, y)) return [...memory]
  return [...memory, { s, y, rho: 1 / curvature }].slice(-MEMORY)
}

function clamp(value: number, { lower, upper }: Box): number {
  return Math.min(upper, Math.max(lower, value))
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0)
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}

function addScaled(target: Float64Array, other: Float64Array, by: number): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] ?? 0) + by * (other[i] ?? 0)
}

function scale(target: Float64Array, by: number): void {
  for (let i = 0; i < target.length; i++) target[i] = (target[i] ?? 0) * by
}
