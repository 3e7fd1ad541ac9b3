import type { LogLikelihood } from './maximise-likelihood.ts'
import type { PurchaseCells } from './purchase-cells.ts'

/**
 * Chances to drop out before the first repeat purchase: none in BG/NBD (Fader, Hardie & Lee 2005), one in
 * MBG/NBD (Batislam et al. 2007; Wagner & Hoppe 2008). It is the whole difference between the two.
 */
export type FirstChance = 0 | 1

/**
 * The log-likelihood of BG/NBD or MBG/NBD for (r, α, a, b) on cells, with its gradient. While active a customer
 * buys at rate λ ~ Gamma(r, α) and leaves after each purchase with probability p ~ Beta(a, b). The two ways to
 * be silent since tx are added as logarithms: heavy buyers would underflow otherwise.
 */
export function betaGeometricLikelihood(
  cells: PurchaseCells,
  times: Float64Array,
  first: FirstChance,
): LogLikelihood {
  const logs = new Float64Array(times.length)
  const inverses = new Float64Array(times.length)
  const group = { weight: 0, value: 0, lnAge: 0, gone: 0, goneLn: 0, overAge: 0, overTx: 0 }
  return (params, gradient) => {
    const [r = 0, alpha = 0, a = 0, b = 0] = params
    for (let i = 0; i < times.length; i++) {
      const sum = alpha + (times[i] ?? 0)
      logs[i] = Math.log(sum)
      inverses[i] = 1 / sum
    }
    const rising = startRising(r, a, b, first)
    let [value, byR, byAlpha, byA, byB] = [0, 0, 0, 0, 0]
    for (let from = 0; from < cells.x.length; ) {
      const x = cells.x[from] ?? 0
      rise(rising, x)
      const k = r + x
      const last = b + x + first - 1
      const lnOdds = x + first > 0 ? Math.log(a / last) : Number.NEGATIVE_INFINITY
      from = addGroup(cells, from, k, lnOdds, logs, inverses, group)
      value += group.weight * (rising.lnR + rising.lnB - rising.lnAB) + group.value
      byR += group.weight * rising.byR - group.lnAge + group.goneLn
      byAlpha -= k * (group.overAge + group.overTx)
      byA += group.gone / a - group.weight * rising.byAB
      byB += group.weight * (rising.byB - rising.byAB)
      if (group.gone > 0) byB -= group.gone / last
    }
    const n = cells.customers
    gradient[0] = byR + n * Math.log(alpha)
    gradient[1] = byAlpha + (n * r) / alpha
    gradient[2] = byA
    gradient[3] = byB
    return value + n * r * Math.log(alpha)
  }
}

/** Sums over the cells of one x; `gone` is the probability to have left at the last purchase. */
interface Group {
  weight: number
  value: number
  /** Σ weight · ln(α+age), Σ weight · gone, Σ weight · gone · ln((α+age)/(α+tx)). */
  lnAge: number
  gone: number
  goneLn: number
  /** Σ weight · (1 − gone) / (α+age), Σ weight · gone / (α+tx). */
  overAge: number
  overTx: number
}

/** Sums the cells that share the x of cell `from`; returns where the next x starts. Small, so that it runs hot. */
function addGroup(
  cells: PurchaseCells,
  from: number,
  k: number,
  lnOdds: number,
  logs: Float64Array,
  inverses: Float64Array,
  group: Group,
): number {
  const x = cells.x[from]
  let weights = 0
  let value = 0
  let lnAges = 0
  let gones = 0
  let goneLn = 0
  let overAge = 0
  let overTx = 0
  let i = from
  for (; i < cells.x.length && cells.x[i] === x; i++) {
    const age = cells.age[i] ?? 0
    const tx = cells.tx[i] ?? 0
    const weight = cells.weight[i] ?? 0
    const lnAge = logs[age] ?? 0
    const silence = lnAge - (logs[tx] ?? 0)
    const difference = lnOdds + k * silence
    // ln(1 + e^difference) and its slope from one exponential that cannot overflow.
    const small = Math.exp(-Math.abs(difference))
    const gone = (difference > 0 ? 1 : small) / (1 + small)
    weights += weight
    value += weight * (Math.max(0, difference) + Math.log1p(small) - k * lnAge)
    lnAges += weight * lnAge
    gones += weight * gone
    goneLn += weight * gone * silence
    overAge += weight * (1 - gone) * (inverses[age] ?? 0)
    overTx += weight * gone * (inverses[tx] ?? 0)
  }
  group.weight = weights
  group.value = value
  group.lnAge = lnAges
  group.gone = gones
  group.goneLn = goneLn
  group.overAge = overAge
  group.overTx = overTx
  return i
}

/** lnΓ(r+x) − lnΓ(r), lnΓ(b+y) − lnΓ(b), lnΓ(a+b+y) − lnΓ(a+b) for y = x + first, and their derivatives. */
interface Rising {
  readonly r: number
  readonly b: number
  readonly ab: number
  readonly first: FirstChance
  x: number
  lnR: number
  lnB: number
  lnAB: number
  byR: number
  byB: number
  byAB: number
}

function startRising(r: number, a: number, b: number, first: FirstChance): Rising {
  const ab = a + b
  const none = { lnR: 0, byR: 0, lnB: 0, lnAB: 0, byB: 0, byAB: 0 }
  const one = { lnR: 0, byR: 0, lnB: Math.log(b), lnAB: Math.log(ab), byB: 1 / b, byAB: 1 / ab }
  return { r, b, ab, first, x: 0, ...(first === 1 ? one : none) }
}

/** Moves on to x by Γ(z+1) = z Γ(z): exact, and free because the cells are sorted by x. */
function rise(rising: Rising, x: number): void {
  for (; rising.x < x; rising.x++) {
    const r = rising.r + rising.x
    const b = rising.b + rising.x + rising.first
    const ab = rising.ab + rising.x + rising.first
    rising.lnR += Math.log(r)
    rising.lnB += Math.log(b)
    rising.lnAB += Math.log(ab)
    rising.byR += 1 / r
    rising.byB += 1 / b
    rising.byAB += 1 / ab
  }
}
