import { bgNbd, mbgNbd, type PurchaseModel, paretoNbd } from '../../src/scoring/models/fit-purchase-model.ts'
import type { PurchaseCells } from '../../src/scoring/models/purchase-cells.ts'
import { createForecaster } from '../../src/scoring/purchase-forecast.ts'
import { draws, simulateBetaGeometric } from '../support/simulate-purchases.ts'

/**
 * Fitting purchase models: a company of the size of the literature's CDNOW sample, and a million customers.
 * The peer's seconds are those of Python `lifetimes` 0.11.3 on CDNOW (BG/NBD, one core of a cloud Xeon).
 */
const SAMPLE = 2357
const MILLION = 1_000_000
const PEER_SECONDS = 0.155
const ROUNDS = 15
const TRUTH = { r: 0.25, alpha: 4.4, a: 0.8, b: 2.4 }

export interface FitFigures {
  /** First fit of the process, code not yet compiled, and the best of many. */
  readonly sampleFirstSeconds: number
  readonly sampleBestSeconds: number
  /** Best time as a share of the peer's. */
  readonly sampleShareOfPeer: number
  readonly millionSeconds: Readonly<Record<string, number>>
  readonly millionForecastSeconds: number
  readonly peakRssMb: number
}

export function fitPurchaseModelsBench(): FitFigures {
  const sample = simulateBetaGeometric(1, SAMPLE, TRUTH, 0)
  const times = Array.from({ length: ROUNDS }, () => secondsOf(() => bgNbd.fit(sample)))
  const best = Math.min(...times)
  const million = simulateBetaGeometric(2, MILLION, TRUTH, 0)
  return {
    sampleFirstSeconds: times[0] ?? Number.NaN,
    sampleBestSeconds: best,
    sampleShareOfPeer: best / PEER_SECONDS,
    millionSeconds: {
      'bg-nbd': fitSeconds(bgNbd, million),
      'mbg-nbd': fitSeconds(mbgNbd, million),
      'pareto-nbd': fitSeconds(paretoNbd, million),
    },
    millionForecastSeconds: secondsOf(forecastMillion),
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }
}

function fitSeconds<P>(model: PurchaseModel<P>, cells: PurchaseCells): number {
  return secondsOf(() => model.fit(cells))
}

/** P(alive), P(no order), expected orders and value of a million customers, one by one. */
function forecastMillion(): void {
  const spend = { p: 6.25, q: 3.74, gamma: 15.44 }
  const forecaster = createForecaster(
    { model: 'bg-nbd', purchase: TRUTH, spend, dropOutSeen: true },
    20_000,
    90,
  )
  const random = draws(3)
  for (let customerId = 0; customerId < MILLION; customerId++) {
    const first = 20_000 - 30 - Math.floor(700 * random.uniform())
    const repeats = Math.floor(random.exponential(0.4))
    const last = repeats === 0 ? first : first + Math.floor((20_000 - first) * random.uniform())
    forecaster.forecast({ customerId, first, last, repeats, priced: repeats, repeatAmount: 3500 * repeats })
  }
}

function secondsOf(work: () => unknown): number {
  const start = performance.now()
  work()
  return (performance.now() - start) / 1000
}
