import { expect, it } from 'vitest'
import { segmentGap } from '../../../src/scoring/segment-gap.ts'
import { Settings } from '../../../src/settings.ts'
import { population } from '../../support/facts.ts'

const { scoring } = Settings.parse({
  scoring: {
    segments: {
      default: { definition: 'own-cycle', expectedGapDays: 60 },
      快消: { definition: 'e-commerce', expectedGapDays: 7 },
    },
  },
})

it.each([
  ['快消', { segmentGaps: { 快消: 9 }, gap: 40 }, 9],
  ['快消', { segmentGaps: {}, gap: 40 }, 7],
  ['其他', { segmentGaps: { 快消: 9 }, gap: 40 }, 40],
  ['default', { segmentGaps: {}, gap: 40 }, 40],
  ['default', { segmentGaps: {}, gap: null }, 60],
  ['constructor', { segmentGaps: {}, gap: null }, 60],
])('the typical gap of %s with %o is %i days', (segment, measured, gap) => {
  expect(segmentGap(scoring, population(measured), segment)).toBe(gap)
})
