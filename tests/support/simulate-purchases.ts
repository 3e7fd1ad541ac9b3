import { seededRandom } from '../../src/model/seeded-random.ts'
import { createPurchaseCounter, type PurchaseCells } from '../../src/scoring/models/purchase-cells.ts'
import { createSpendCollector, type SpendRows } from '../../src/scoring/models/spend-rows.ts'

/** Random draws that are the same on every machine for one seed. */
export interface Draws {
  uniform(): number
  exponential(rate: number): number
  gamma(shape: number, rate: number): number
  beta(a: number, b: number): number
}

export function draws(seed: number): Draws {
  const next = seededRandom(seed)
  /** Never 0, so that its logarithm is finite. */
  const uniform = (): number => next() + 2 ** -33
  function normal(): number {
    return Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
  }
  /** Marsaglia and Tsang; shapes below 1 by the usual power. */
  function standardGamma(shape: number): number {
    if (shape < 1) return standardGamma(shape + 1) * uniform() ** (1 / shape)
    const d = shape - 1 / 3
    for (;;) {
      const n = normal()
      const v = (1 + n / Math.sqrt(9 * d)) ** 3
      if (v > 0 && Math.log(uniform()) < 0.5 * n * n + d - d * v + d * Math.log(v)) return d * v
    }
  }
  return {
    uniform,
    exponential: (rate) => -Math.log(uniform()) / rate,
    gamma: (shape, rate) => standardGamma(shape) / rate,
    beta: (a, b) => {
      const x = standardGamma(a)
      return x / (x + standardGamma(b))
    },
  }
}

/** Times are recorded in steps of 1/100 of the unit: fine enough not to bias a fit. */
export const STEPS = 100

type Leaves = (random: Draws) => { afterPurchase: number; deathAt: number }

/** Customers observed for `shortest` to `longest` units, buying at Gamma(r, α) rates until they leave. */
function simulate(
  seed: number,
  customers: number,
  rates: { r: number; alpha: number },
  leaves: Leaves,
  mayLeaveAtOnce: boolean,
): PurchaseCells {
  const random = draws(seed)
  const counter = createPurchaseCounter()
  for (let i = 0; i < customers; i++) {
    const age = Math.round((27 + 25 * random.uniform()) * STEPS) / STEPS
    const rate = random.gamma(rates.r, rates.alpha)
    const { afterPurchase, deathAt } = leaves(random)
    let [x, tx] = [0, 0]
    let gone = mayLeaveAtOnce && random.uniform() < afterPurchase
    for (
      let t = random.exponential(rate);
      !gone && t < Math.min(age, deathAt);
      t += random.exponential(rate)
    ) {
      x++
      tx = t
      gone = random.uniform() < afterPurchase
    }
    counter.add(x, Math.floor(tx * STEPS), Math.round(age * STEPS))
  }
  return counter.cells(STEPS)
}

export function simulateBetaGeometric(
  seed: number,
  customers: number,
  params: { r: number; alpha: number; a: number; b: number },
  first: 0 | 1,
): PurchaseCells {
  const leaves: Leaves = (random) => ({
    afterPurchase: random.beta(params.a, params.b),
    deathAt: Number.POSITIVE_INFINITY,
  })
  return simulate(seed, customers, params, leaves, first === 1)
}

export function simulatePareto(
  seed: number,
  customers: number,
  params: { r: number; alpha: number; s: number; beta: number },
): PurchaseCells {
  const leaves: Leaves = (random) => ({
    afterPurchase: 0,
    deathAt: random.exponential(random.gamma(params.s, params.beta)),
  })
  return simulate(seed, customers, params, leaves, false)
}

export function simulateSpend(
  seed: number,
  customers: number,
  { p, q, gamma }: { p: number; q: number; gamma: number },
): SpendRows {
  const random = draws(seed)
  const spend = createSpendCollector()
  for (let i = 0; i < customers; i++) {
    const x = 1 + Math.floor(6 * random.uniform())
    const rate = random.gamma(q, gamma)
    let sum = 0
    for (let j = 0; j < x; j++) sum += random.gamma(p, rate)
    spend.add(x, sum / x)
  }
  return spend.rows()
}
