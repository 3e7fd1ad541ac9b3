import { describe, expect, it } from 'vitest'
import { betaGeometricLikelihood } from '../../../src/scoring/models/beta-geometric.ts'
import { bgNbd, mbgNbd, paretoNbd } from '../../../src/scoring/models/fit-purchase-model.ts'
import { fitGammaGamma } from '../../../src/scoring/models/fit-spend-model.ts'
import { gammaGammaLikelihood } from '../../../src/scoring/models/gamma-gamma.ts'
import type { LogLikelihood } from '../../../src/scoring/models/maximise-likelihood.ts'
import { paretoLikelihood } from '../../../src/scoring/models/pareto-nbd.ts'
import { createPurchaseCounter, type PurchaseCells } from '../../../src/scoring/models/purchase-cells.ts'
import type { PurchaseForecast } from '../../../src/scoring/models/purchase-model.ts'
import { createSpendCollector } from '../../../src/scoring/models/spend-rows.ts'
import { fc } from '../../support/fast-check.ts'
import { draws, simulateBetaGeometric, simulateSpend } from '../../support/simulate-purchases.ts'

/** x, days to the last, days of age. */
type Triple = readonly [number, number, number]

function cellsOf(triples: readonly Triple[], stepsPerUnit = 7): PurchaseCells {
  const counter = createPurchaseCounter()
  for (const [x, tx, age] of triples) counter.add(x, tx, age)
  return counter.cells(stepsPerUnit)
}

/** Any possible history in days: at most one purchase a day, the last within the age. */
const anyTriple: fc.Arbitrary<Triple> = fc
  .tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 300 }))
  .map(([span, x, rest]) => {
    const count = Math.min(x, span)
    return [count, count === 0 ? 0 : span, (count === 0 ? 0 : span) + rest] as const
  })

const parameter = fc.double({ min: Math.log(0.05), max: Math.log(40), noNaN: true }).map(Math.exp)
const fourParameters = fc.tuple(parameter, parameter, parameter, parameter)

const LIKELIHOODS: readonly {
  name: string
  likelihood(cells: PurchaseCells): LogLikelihood
  forecast(params: readonly number[]): PurchaseForecast
}[] = [
  {
    name: 'BG/NBD',
    likelihood: (cells) => betaGeometricLikelihood(cells, cells.times, 0),
    forecast: ([r = 0, alpha = 0, a = 0, b = 0]) => bgNbd.forecast({ r, alpha, a, b }),
  },
  {
    name: 'MBG/NBD',
    likelihood: (cells) => betaGeometricLikelihood(cells, cells.times, 1),
    forecast: ([r = 0, alpha = 0, a = 0, b = 0]) => mbgNbd.forecast({ r, alpha, a, b }),
  },
  {
    name: 'Pareto/NBD',
    likelihood: (cells) => paretoLikelihood(cells, cells.times),
    forecast: ([r = 0, alpha = 0, s = 0, beta = 0]) => paretoNbd.forecast({ r, alpha, s, beta }),
  },
]

function expectGradient(likelihood: LogLikelihood, params: readonly number[]): void {
  const gradient = new Float64Array(params.length)
  const value = likelihood(Float64Array.from(params), gradient)
  params.forEach((parameterValue, i) => {
    const step = 1e-5 * parameterValue
    const moved = (by: number): number => {
      const point = Float64Array.from(params)
      point[i] = parameterValue + by
      return likelihood(point, new Float64Array(params.length))
    }
    const slope = (moved(step) - moved(-step)) / (2 * step)
    const size = 1 + Math.abs(slope) * parameterValue + 1e-5 * Math.abs(value)
    expect(Math.abs((gradient[i] ?? 0) - slope) * parameterValue).toBeLessThan(1e-4 * size)
  })
}

describe.each(LIKELIHOODS)('likelihood of $name on cells', ({ likelihood, forecast }) => {
  it('is the sum of the single customers', () => {
    fc.assert(
      fc.property(fc.array(anyTriple, { minLength: 1, maxLength: 30 }), fourParameters, (triples, params) => {
        const whole = likelihood(cellsOf(triples))(Float64Array.from(params), new Float64Array(4))
        const model = forecast(params)
        const sum = triples.reduce(
          (total, [x, tx, age]) => total + model.logLikelihood({ x, tx: tx / 7, age: age / 7 }),
          0,
        )
        expect(Math.abs(whole - sum)).toBeLessThan(1e-8 * (1 + Math.abs(sum)))
      }),
    )
  })

  it('has the right gradient', () => {
    fc.assert(
      fc.property(fc.array(anyTriple, { minLength: 1, maxLength: 10 }), fourParameters, (triples, params) => {
        expectGradient(likelihood(cellsOf(triples)), params)
      }),
    )
  })
})

it('gamma-gamma has the right gradient', () => {
  const rows = simulateSpend(1, 50, { p: 5, q: 3, gamma: 20 })
  fc.assert(
    fc.property(fc.tuple(parameter, parameter, parameter), (params) => {
      expectGradient(gammaGammaLikelihood(rows), params)
    }),
  )
})

const MODELS = [bgNbd, mbgNbd, paretoNbd] as const

function triplesOf(cells: PurchaseCells): Triple[] {
  return [...cells.x].flatMap((x, i) =>
    Array.from({ length: cells.weight[i] ?? 0 }, () => [x, cells.tx[i] ?? 0, cells.age[i] ?? 0] as const),
  )
}

describe.each(MODELS)('fit of $name', (model) => {
  const triples = triplesOf(simulateBetaGeometric(7, 1500, { r: 0.6, alpha: 5, a: 0.9, b: 2.5 }, 0))

  it('does not depend on the order of customers', () => {
    const shuffled = triples
      .map((triple, i) => ({ triple, key: Math.sin(i * 12.9898) }))
      .sort((a, b) => a.key - b.key)
      .map(({ triple }) => triple)
    expect(model.fit(cellsOf(shuffled, 100))).toEqual(model.fit(cellsOf(triples, 100)))
  })

  it('does not depend on the unit of time', () => {
    const weeks = model.fit(cellsOf(triples, 100))
    const days = model.fit(cellsOf(triples, 100 / 7))
    if (weeks.kind !== 'fit' || days.kind !== 'fit') throw new Error('no fit')
    const [inWeeks, inDays] = [Object.values(weeks.params), Object.values(days.params)]
    const timed = model.name === 'pareto-nbd' ? [1, 7, 1, 7] : [1, 7, 1, 1]
    inDays.forEach((value, i) => {
      expect(Math.abs(value / ((inWeeks[i] ?? 0) * (timed[i] ?? 1)) - 1)).toBeLessThan(1e-5)
    })
    const repeats = triples.reduce((sum, [x]) => sum + x, 0)
    expect(Math.abs(days.logLikelihood - (weeks.logLikelihood - repeats * Math.log(7)))).toBeLessThan(1e-5)
  })
})

const oneTimeBuyers: Triple[] = Array.from({ length: 500 }, (_, i) => [0, 0, i % 90])
const sameMoment: Triple[] = Array.from({ length: 300 }, () => [0, 0, 0])
const regular: Triple[] = Array.from({ length: 400 }, () => [10, 70, 74])

describe.each(MODELS)('degenerate data for $name', (model) => {
  it.each([
    { title: 'nobody', triples: [], reason: 'no-customers' },
    { title: 'all one-time buyers (also: same-day repeats)', triples: oneTimeBuyers, reason: 'no-repeats' },
    { title: 'everything on the as-of day', triples: sameMoment, reason: 'no-time' },
    {
      title: 'three customers',
      triples: [
        [2, 30, 40],
        [0, 0, 12],
        [1, 3, 50],
      ],
      reason: 'few-repeaters',
    },
  ] satisfies { title: string; triples: Triple[]; reason: string }[])(
    '$title: $reason',
    ({ triples, reason }) => {
      expect(model.fit(cellsOf(triples))).toMatchObject({ kind: 'insufficient', reason })
    },
  )

  it('identical customers: an answer with finite numbers and a note', () => {
    const fit = model.fit(cellsOf(regular))
    if (fit.kind !== 'fit') throw new Error(fit.reason)
    expect(Object.values(fit.params).every(Number.isFinite)).toBe(true)
    expect(Number.isFinite(fit.logLikelihood)).toBe(true)
    expect(fit.notes.length).toBeGreaterThan(0)
  })

  it('data without drop-out: said so, and no standard error is made up', () => {
    const random = draws(12)
    const triples = Array.from({ length: 1500 }, (): Triple => {
      const rate = random.gamma(1.2, 12)
      let [x, tx] = [0, 0]
      for (let t = random.exponential(rate); t < 280; t += random.exponential(rate)) {
        x++
        tx = Math.floor(t)
      }
      return [x, tx, 280]
    })
    const fit = model.fit(cellsOf(triples))
    if (fit.kind !== 'fit') throw new Error(fit.reason)
    expect(fit.notes).toContain('no-drop-out')
    expect(Object.values(fit.standardErrors)[2]).toBeNull()
  })

  it('any small company gets finite numbers or a reason', () => {
    fc.assert(
      fc.property(fc.array(anyTriple, { maxLength: 40 }), (triples) => {
        const fit = model.fit(cellsOf(triples), { minRepeaters: 1 })
        if (fit.kind === 'insufficient') return
        expect([...Object.values(fit.params), fit.logLikelihood].every(Number.isFinite)).toBe(true)
        const error = Object.values(fit.standardErrors)
        expect(error.every((value) => value === null || (Number.isFinite(value) && value > 0))).toBe(true)
      }),
      { numRuns: 60 },
    )
  })
})

describe('degenerate amounts', () => {
  const spendOf = (rows: readonly (readonly [number, number])[]) => {
    const spend = createSpendCollector()
    for (const [x, mean] of rows) spend.add(x, mean)
    return spend.rows()
  }

  it('no amounts, few amounts, equal amounts', () => {
    expect(
      fitGammaGamma(
        spendOf([
          [0, 0],
          [3, 0],
        ]),
      ),
    ).toMatchObject({ reason: 'no-amounts' })
    expect(
      fitGammaGamma(
        spendOf([
          [1, 20],
          [3, 25],
        ]),
      ),
    ).toMatchObject({ reason: 'few-amounts' })
    const equal = spendOf(Array.from({ length: 200 }, (_, i) => [1 + (i % 4), 99] as const))
    expect(fitGammaGamma(equal)).toMatchObject({ reason: 'equal-amounts' })
  })

  it('amounts that go with frequency are noted', () => {
    const random = draws(3)
    const rows = Array.from(
      { length: 500 },
      (_, i) => [1 + (i % 6), (1 + (i % 6)) * random.gamma(8, 1)] as const,
    )
    const fit = fitGammaGamma(spendOf(rows))
    expect(fit.kind === 'fit' && fit.notes).toContain('amount-depends-on-frequency')
  })

  it('does not depend on the currency', () => {
    const rows = simulateSpend(9, 1000, { p: 5, q: 3.5, gamma: 20 })
    const [small, large] = [
      fitGammaGamma(rows),
      fitGammaGamma({ x: rows.x, mean: rows.mean.map((m) => m * 100) }),
    ]
    if (small.kind !== 'fit' || large.kind !== 'fit') throw new Error('no fit')
    expect(large.params.gamma / small.params.gamma).toBeCloseTo(100, 3)
    expect(large.params.p).toBeCloseTo(small.params.p, 5)
  })
})
