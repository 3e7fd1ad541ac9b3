import { expect, it } from 'vitest'
import { inSample } from '../../../src/scoring/sample.ts'
import { fc } from '../../support/fast-check.ts'

const ids = Array.from({ length: 50_000 }, (_, i) => i + 1)

it('a sample has about the share it was asked for, of neighbouring and of scattered ids', () => {
  for (const step of [1, 2, 7, 64, 1000])
    for (const share of [0.03, 0.5]) {
      const count = ids.filter((id) => inSample(id * step, share)).length
      // Five standard deviations of chance.
      expect(Math.abs(count - share * ids.length)).toBeLessThan(5 * Math.sqrt(ids.length * share))
    }
})

it('a smaller sample lies within a larger one, and everybody belongs to the whole', () => {
  fc.assert(
    fc.property(fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (id, share) => {
      expect(inSample(id, 1)).toBe(true)
      expect(inSample(id, 0)).toBe(false)
      if (inSample(id, share / 2)) expect(inSample(id, share)).toBe(true)
    }),
  )
})
