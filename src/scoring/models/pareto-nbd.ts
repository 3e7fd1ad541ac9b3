import type { LogLikelihood } from './maximise-likelihood.ts'
import { createSilence, type Silence } from './pareto-silence.ts'
import type { PurchaseCells } from './purchase-cells.ts'

/**
 * The log-likelihood of Pareto/NBD for (r, α, s, β) on cells, with its gradient (Schmittlein, Morrison & Colombo
 * 1987): purchases at rate λ ~ Gamma(r, α) until a death at rate μ ~ Gamma(s, β). Written as an integral over the
 * time of death instead of hypergeometric functions; the integrals of all cells come from one sweep per x.
 */
export function paretoLikelihood(cells: PurchaseCells, times: Float64Array): LogLikelihood {
  return (params, gradient) => {
    const [r = 0, alpha = 0, s = 0, beta = 0] = params
    const silence = createSilence(params, times)
    const sums = { value: 0, byR: 0, byAlpha: 0, byS: 0, byBeta: 0 }
    let [lnRising, byRising] = [0, 0]
    let from = 0
    for (let x = 0; from < cells.x.length; x++) {
      const to = endOf(cells, from, x)
      if (to > from) {
        const weight = addCells(cells, from, to, x, silence, params, sums)
        sums.value += weight * lnRising
        sums.byR += weight * byRising
        from = to
      }
      silence.next()
      lnRising += Math.log(r + x)
      byRising += 1 / (r + x)
    }
    const n = cells.customers
    gradient[0] = sums.byR + n * Math.log(alpha)
    gradient[1] = sums.byAlpha + (n * r) / alpha
    gradient[2] = sums.byS + n * Math.log(beta)
    gradient[3] = sums.byBeta + (n * s) / beta
    return sums.value + n * (r * Math.log(alpha) + s * Math.log(beta))
  }
}

interface Sums {
  value: number
  byR: number
  byAlpha: number
  byS: number
  byBeta: number
}

/** The end of the cells with this x that start at `from`. */
function endOf(cells: PurchaseCells, from: number, x: number): number {
  let to = from
  while (to < cells.x.length && cells.x[to] === x) to++
  return to
}

/** Adds the cells of one x: ln{ alive at age + s ∫ died between tx and age }. Returns their weight. */
function addCells(
  cells: PurchaseCells,
  from: number,
  to: number,
  x: number,
  silence: Silence,
  params: Float64Array,
  sums: Sums,
): number {
  const [r = 0, , s = 0] = params
  const k = r + x
  const { lnAlpha, lnBeta, byAlpha, byBeta } = silence
  let [lowest, highest, total] = [Number.POSITIVE_INFINITY, 0, 0]
  for (let i = from; i < to; i++) {
    lowest = Math.min(lowest, cells.tx[i] ?? 0)
    highest = Math.max(highest, cells.age[i] ?? 0)
  }
  silence.sweep(lowest, highest)
  for (let i = from; i < to; i++) {
    const tx = cells.tx[i] ?? 0
    const age = cells.age[i] ?? 0
    const weight = cells.weight[i] ?? 0
    // Both ways to be silent, relative to the density (α+u)^-k (β+u)^-(s+1) at u = tx.
    const lnAge = lnAlpha[age] ?? 0
    const lnBetaAge = lnBeta[age] ?? 0
    const scale = -k * (lnAlpha[tx] ?? 0) - (s + 1) * (lnBeta[tx] ?? 0)
    const fall = Math.exp(-k * lnAge - (s + 1) * lnBetaAge - scale)
    const alive = fall / (byBeta[age] ?? 0)
    const died = silence.plain.between(tx, age, fall)
    const both = alive + s * died
    const share = weight / both
    sums.value += weight * (scale + Math.log(both))
    sums.byR -= share * (lnAge * alive + s * silence.withLnAlpha.between(tx, age, fall))
    sums.byAlpha -= share * k * ((byAlpha[age] ?? 0) * alive + s * silence.overAlpha.between(tx, age, fall))
    sums.byS += share * (died - lnBetaAge * alive - s * silence.withLnBeta.between(tx, age, fall))
    sums.byBeta -=
      share * s * ((byBeta[age] ?? 0) * alive + (s + 1) * silence.overBeta.between(tx, age, fall))
    total += weight
  }
  return total
}
