import { expect, it } from 'vitest'
import { wholePoints } from '../../../src/scoring/explain/whole-points.ts'
import { chosenScorer } from '../../../src/scoring/scorers/index.ts'
import { learnedScorer } from '../../../src/scoring/scorers/learned.ts'
import { LearnedParams } from '../../../src/scoring/scorers/learned-params.ts'
import { event, features, orders, population, SCORING } from '../../support/facts.ts'

const params = LearnedParams.parse({
  kind: 'mbg-nbd',
  plan: { horizon: 90, withAmounts: false, kinds: [], nps: false },
  purchase: 'mbg-nbd',
  model: {
    version: 1,
    horizon: 90,
    cutoffs: [],
    parts: [{ weight: 1, model: { kind: 'column', name: 'noPurchase', centre: 1 } }],
    calibrator: { kind: 'none' },
    drift: {},
  },
})
const scorer = learnedScorer(params, { version: 1, kind: 'mbg-nbd', purchase: null }, population())

it('speaks of customers with orders, and leaves the others to the rules that the company chose', () => {
  const visitor = features([1, 2, 3, 4, 5, 6].map((ago) => event('browse', ago)))
  for (const preset of ['default', 'seed-points'] as const) {
    const settings = { ...SCORING, preset }
    expect(scorer.score(visitor, settings)).toEqual(chosenScorer(preset).score(visitor, settings))
    const buyer = features(orders([80, 50, 20]))
    expect(scorer.score(buyer, settings)).toMatchObject({ points: 68, base: 68 })
  }
})

it('whole points of a number that is none come to an end', () => {
  expect(wholePoints(Number.NaN, 5, [1.2, Number.NaN]).parts).toHaveLength(2)
})
