import { gaussLegendre, type Quadrature } from '../numeric/gauss-legendre.ts'

/** Nodes per step of the time grid (one day): the integrand is almost a straight exponential there. */
const GENTLE = gaussLegendre(8)
/** For steps in which the density falls steeply: the first days when the scales α or β are hours. */
const STEEP = gaussLegendre(48)
const STEEP_FALL = 3

/** Integrals from each grid time to the end, each relative to the density at its own start. */
export interface Tail {
  /** The integral over [times[from], times[to]] where `fall` = density at `to` / density at `from`. */
  between(from: number, to: number, fall: number): number
}

/**
 * The integrals that Pareto/NBD needs of the density f(u) = (α+u)^-(r+x) (β+u)^-(s+1), for x = 0, 1, 2, …: one
 * backward sweep over the time grid serves all customers of one x. f falls, so the difference of two tails
 * loses at most the digits of the number of steps between.
 */
export interface Silence {
  /** ln(α+t), ln(β+t), 1/(α+t), 1/(β+t) on the grid. */
  readonly lnAlpha: Float64Array
  readonly lnBeta: Float64Array
  readonly byAlpha: Float64Array
  readonly byBeta: Float64Array
  /** ∫f, ∫f ln(α+u), ∫f ln(β+u), ∫f/(α+u), ∫f/(β+u). */
  readonly plain: Tail
  readonly withLnAlpha: Tail
  readonly withLnBeta: Tail
  readonly overAlpha: Tail
  readonly overBeta: Tail
  /** Makes the tails from grid position `highest` down to `lowest` for the current x. */
  sweep(lowest: number, highest: number): void
  /** Goes on to the next x. */
  next(): void
}

export function createSilence(params: Float64Array, times: Float64Array): Silence {
  const [r = 0, alpha = 0, s = 0, beta = 0] = params
  const grid = gridLogs(alpha, beta, times)
  const inner = nodeValues(r, alpha, s, beta, times, grid)
  const tails = Array.from({ length: 5 }, () => new Float64Array(times.length))
  const [plain, withLnAlpha, withLnBeta, overAlpha, overBeta] = tails.map(tailOf)
  if (!plain || !withLnAlpha || !withLnBeta || !overAlpha || !overBeta) throw new RangeError('five tails')
  return {
    ...grid,
    plain,
    withLnAlpha,
    withLnBeta,
    overAlpha,
    overBeta,
    sweep: (lowest, highest) => sweep(inner, tails, lowest, highest),
    next: () => {
      for (let i = 0; i < inner.density.length; i++)
        inner.density[i] = (inner.density[i] ?? 0) * (inner.ratio[i] ?? 0)
      for (let k = 0; k < inner.fall.length; k++) inner.fall[k] = (inner.fall[k] ?? 0) * (inner.step[k] ?? 0)
    },
  }
}

function tailOf(values: Float64Array): Tail {
  return { between: (from, to, fall) => (values[from] ?? 0) - fall * (values[to] ?? 0) }
}

interface GridLogs {
  readonly lnAlpha: Float64Array
  readonly lnBeta: Float64Array
  readonly byAlpha: Float64Array
  readonly byBeta: Float64Array
}

function gridLogs(alpha: number, beta: number, times: Float64Array): GridLogs {
  return {
    lnAlpha: times.map((t) => Math.log(alpha + t)),
    lnBeta: times.map((t) => Math.log(beta + t)),
    byAlpha: times.map((t) => 1 / (alpha + t)),
    byBeta: times.map((t) => 1 / (beta + t)),
  }
}

interface Inner {
  /** Nodes of step k: starts[k] … starts[k + 1] − 1. */
  readonly starts: Int32Array
  /** Per node: quadrature weight × f(u)/f(start of its step), and what turns x into x + 1. */
  readonly density: Float64Array
  readonly ratio: Float64Array
  readonly lnAlpha: Float64Array
  readonly lnBeta: Float64Array
  readonly byAlpha: Float64Array
  readonly byBeta: Float64Array
  /** Per step: f(end)/f(start), and what turns x into x + 1. */
  readonly fall: Float64Array
  readonly step: Float64Array
}

/** The nodes of every step, spread evenly in ln(min(α,β)+u), where the density is a near-exponential. */
function nodeValues(
  r: number,
  alpha: number,
  s: number,
  beta: number,
  times: Float64Array,
  grid: GridLogs,
): Inner {
  const steps = Math.max(0, times.length - 1)
  const falls = Float64Array.from({ length: steps }, (_, k) => {
    const byA = (grid.lnAlpha[k + 1] ?? 0) - (grid.lnAlpha[k] ?? 0)
    const byB = (grid.lnBeta[k + 1] ?? 0) - (grid.lnBeta[k] ?? 0)
    return r * byA + (s + 1) * byB
  })
  const inner = emptyInner(falls)
  const near = Math.min(alpha, beta)
  const nearLogs = alpha < beta ? grid.lnAlpha : grid.lnBeta
  for (let k = 0; k < steps; k++) {
    const lnA = grid.lnAlpha[k] ?? 0
    const lnB = grid.lnBeta[k] ?? 0
    const lnNear = nearLogs[k] ?? 0
    const width = (nearLogs[k + 1] ?? 0) - lnNear
    const { nodes, weights } = ruleFor(falls[k] ?? 0)
    const start = inner.starts[k] ?? 0
    inner.step[k] = Math.exp(lnA - (grid.lnAlpha[k + 1] ?? 0))
    inner.fall[k] = Math.exp(-(falls[k] ?? 0))
    for (let j = 0; j < nodes.length; j++) {
      const i = start + j
      const sum = Math.exp(lnNear + (nodes[j] ?? 0) * width)
      const a = sum - near + alpha
      const b = sum - near + beta
      const lnAHere = Math.log(a)
      const lnBHere = Math.log(b)
      inner.lnAlpha[i] = lnAHere
      inner.lnBeta[i] = lnBHere
      inner.byAlpha[i] = 1 / a
      inner.byBeta[i] = 1 / b
      inner.ratio[i] = Math.exp(lnA - lnAHere)
      inner.density[i] =
        (weights[j] ?? 0) * sum * width * Math.exp(r * (lnA - lnAHere) + (s + 1) * (lnB - lnBHere))
    }
  }
  return inner
}

function ruleFor(fall: number): Quadrature {
  return fall > STEEP_FALL ? STEEP : GENTLE
}

function emptyInner(falls: Float64Array): Inner {
  const starts = new Int32Array(falls.length + 1)
  falls.forEach((fall, k) => {
    starts[k + 1] = (starts[k] ?? 0) + ruleFor(fall).nodes.length
  })
  const perNode = (): Float64Array => new Float64Array(starts.at(-1) ?? 0)
  return {
    starts,
    density: perNode(),
    ratio: perNode(),
    lnAlpha: perNode(),
    lnBeta: perNode(),
    byAlpha: perNode(),
    byBeta: perNode(),
    fall: new Float64Array(falls.length),
    step: new Float64Array(falls.length),
  }
}

function sweep(inner: Inner, tails: readonly Float64Array[], lowest: number, highest: number): void {
  const [plain, withLnAlpha, withLnBeta, overAlpha, overBeta] = tails
  if (!plain || !withLnAlpha || !withLnBeta || !overAlpha || !overBeta) return
  let [t0, t1, t2, t3, t4] = [0, 0, 0, 0, 0]
  for (const tail of tails) tail[highest] = 0
  for (let k = highest - 1; k >= lowest; k--) {
    const fall = inner.fall[k] ?? 0
    t0 *= fall
    t1 *= fall
    t2 *= fall
    t3 *= fall
    t4 *= fall
    const end = inner.starts[k + 1] ?? 0
    for (let i = inner.starts[k] ?? 0; i < end; i++) {
      const density = inner.density[i] ?? 0
      t0 += density
      t1 += density * (inner.lnAlpha[i] ?? 0)
      t2 += density * (inner.lnBeta[i] ?? 0)
      t3 += density * (inner.byAlpha[i] ?? 0)
      t4 += density * (inner.byBeta[i] ?? 0)
    }
    plain[k] = t0
    withLnAlpha[k] = t1
    withLnBeta[k] = t2
    overAlpha[k] = t3
    overBeta[k] = t4
  }
}
