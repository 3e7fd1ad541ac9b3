import { describe, expect, it } from 'vitest'
import { digamma } from '../../../src/scoring/numeric/digamma.ts'
import { gaussLegendre } from '../../../src/scoring/numeric/gauss-legendre.ts'
import { hessian } from '../../../src/scoring/numeric/hessian.ts'
import { hypergeometric } from '../../../src/scoring/numeric/hypergeometric.ts'
import { upperIncompleteGamma } from '../../../src/scoring/numeric/incomplete-gamma.ts'
import { minimise, type Objective } from '../../../src/scoring/numeric/lbfgs.ts'
import { lnGamma } from '../../../src/scoring/numeric/ln-gamma.ts'
import { logAddExp } from '../../../src/scoring/numeric/log-add-exp.ts'
import figures from '../../fixtures/purchase-models.json' with { type: 'json' }
import { fc } from '../../support/fast-check.ts'

function expectClose(actual: number, expected: number, relative: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(relative * Math.max(1e-300, Math.abs(expected)))
}

describe('gamma functions', () => {
  it.each(figures.specialFunctions.lnGamma)('lnGamma(%f) = %f', (z, value) => {
    expectClose(lnGamma(z ?? 0), value ?? 0, 1e-11)
  })

  it.each(figures.specialFunctions.digamma)('digamma(%f) = %f', (z, value) => {
    expectClose(digamma(z ?? 0), value ?? 0, 1e-11)
  })

  it('follow their recurrences', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 500, noNaN: true }), (z) => {
        expect(Math.abs(lnGamma(z + 1) - lnGamma(z) - Math.log(z))).toBeLessThan(1e-12 * (1 + lnGamma(z + 1)))
        expect(Math.abs(digamma(z + 1) - digamma(z) - 1 / z)).toBeLessThan(1e-12 * (1 + 1 / z))
      }),
    )
  })

  it('know factorials and the reflected side', () => {
    expectClose(lnGamma(11), Math.log(3_628_800), 1e-14)
    expectClose(lnGamma(0.5), 0.5 * Math.log(Math.PI), 1e-14)
    expectClose(lnGamma(0.1), Math.log(9.513507698668732), 1e-13)
  })
})

describe('upper incomplete gamma', () => {
  it('is the exponential tail for k = 1 and the Poisson sum for k = 4', () => {
    for (const z of [0.1, 1, 4, 12, 40]) {
      expectClose(upperIncompleteGamma(1, z), Math.exp(-z), 1e-12)
      expectClose(upperIncompleteGamma(4, z), Math.exp(-z) * (1 + z + z ** 2 / 2 + z ** 3 / 6), 1e-12)
    }
  })

  it('is a falling probability that obeys its recurrence on both sides of the switch', () => {
    const shape = fc.double({ min: 0.05, max: 60, noNaN: true })
    fc.assert(
      fc.property(shape, fc.double({ min: 1e-3, max: 120, noNaN: true }), (k, z) => {
        const q = upperIncompleteGamma(k, z)
        expect(q).toBeGreaterThanOrEqual(0)
        expect(q).toBeLessThanOrEqual(1)
        expect(upperIncompleteGamma(k, z * 1.1)).toBeLessThanOrEqual(q + 1e-14)
        const step = Math.exp(k * Math.log(z) - z - lnGamma(k + 1))
        expect(Math.abs(upperIncompleteGamma(k + 1, z) - q - step)).toBeLessThan(1e-11)
      }),
    )
  })

  it('covers the ends', () => {
    expect(upperIncompleteGamma(2, 0)).toBe(1)
    expect(upperIncompleteGamma(2, Number.POSITIVE_INFINITY)).toBe(0)
  })
})

describe('hypergeometric series', () => {
  it('agrees with closed forms', () => {
    for (const z of [0.05, 0.4, 0.9, 0.99]) {
      expectClose(hypergeometric(1, 1, 2, z), -Math.log1p(-z) / z, 1e-12)
      expectClose(hypergeometric(2.5, 3, 3, z), (1 - z) ** -2.5, 1e-11)
    }
  })
})

describe('Gauss–Legendre', () => {
  it('integrates polynomials of degree 2n − 1 exactly', () => {
    for (const n of [1, 2, 8, 48]) {
      const { nodes, weights } = gaussLegendre(n)
      for (let degree = 0; degree < 2 * n; degree++) {
        const sum = nodes.reduce((total, node, i) => total + (weights[i] ?? 0) * node ** degree, 0)
        expectClose(sum, 1 / (degree + 1), 1e-13)
      }
    }
  })
})

describe('logAddExp', () => {
  it('neither overflows nor underflows', () => {
    expect(logAddExp(1000, 1000)).toBeCloseTo(1000 + Math.LN2, 12)
    expect(logAddExp(-2000, -2001)).toBeCloseTo(-2000 + Math.log1p(Math.exp(-1)), 12)
    expect(logAddExp(5, Number.NEGATIVE_INFINITY)).toBe(5)
  })
})

const BOX = { lower: -100, upper: 100 }

const rosenbrock: Objective = (point, gradient) => {
  const [x = 0, y = 0] = point
  gradient[0] = -400 * x * (y - x * x) - 2 * (1 - x)
  gradient[1] = 200 * (y - x * x)
  return 100 * (y - x * x) ** 2 + (1 - x) ** 2
}

/** (x − 3)² + 10 (y + 2)² */
const bowl: Objective = (point, gradient) => {
  const [x = 0, y = 0] = point
  gradient[0] = 2 * (x - 3)
  gradient[1] = 20 * (y + 2)
  return (x - 3) ** 2 + 10 * (y + 2) ** 2
}

describe('minimise', () => {
  it('walks the banana valley from anywhere', () => {
    const coordinate = fc.double({ min: -4, max: 4, noNaN: true })
    fc.assert(
      fc.property(coordinate, coordinate, (x, y) => {
        const { point, converged } = minimise(rosenbrock, Float64Array.of(x, y), BOX)
        expect(converged).toBe(true)
        expect(point[0]).toBeCloseTo(1, 4)
        expect(point[1]).toBeCloseTo(1, 4)
      }),
      { numRuns: 50 },
    )
  })

  it('stops at the wall and finds the minimum along it', () => {
    const { point, converged } = minimise(bowl, Float64Array.of(-0.5, -0.5), { lower: -1, upper: 1 })
    expect(converged).toBe(true)
    expect([...point]).toEqual([1, -1])
  })

  it('ends on a function without a minimum, at the wall', () => {
    const falling: Objective = (point, gradient) => {
      const value = Math.exp(-(point[0] ?? 0))
      gradient[0] = -value
      return value
    }
    const { point, iterations } = minimise(falling, Float64Array.of(0), BOX)
    expect(point[0]).toBeGreaterThan(15)
    expect(iterations).toBeLessThan(500)
  })

  it('steps back from where the function is not a number', () => {
    const steep: Objective = (point, gradient) => {
      const x = point[0] ?? 0
      gradient[0] = 1 - 1e-3 / x
      return x - 1e-3 * Math.log(x)
    }
    expect(minimise(steep, Float64Array.of(5), BOX).point[0]).toBeCloseTo(1e-3, 6)
  })
})

describe('hessian', () => {
  it('has the second derivatives', () => {
    expect(hessian(bowl, Float64Array.of(1, 1), [0, 1])[0]?.[0]).toBeCloseTo(2, 8)
    const [[xx = 0, xy = 0] = [], [yx = 0, yy = 0] = []] = hessian(rosenbrock, Float64Array.of(1, 1), [0, 1])
    expect([xx, xy, yx, yy].map((value) => Math.round(value * 1e3) / 1e3)).toEqual([802, -400, -400, 200])
  })
})
