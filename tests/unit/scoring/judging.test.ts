import { describe, expect, it } from 'vitest'
import { factSentence } from '../../../src/cards/fact-sentence.ts'
import { FACT_KINDS, isFactKind } from '../../../src/model/fact-kinds.ts'
import { RFM_SEGMENTS, rfmSegmentOf } from '../../../src/model/rfm.ts'
import { STAGES } from '../../../src/model/stage.ts'
import { bandFor } from '../../../src/scoring/band.ts'
import { quintile, quintileCuts, topCut } from '../../../src/scoring/quantile-cuts.ts'
import { scoreOne } from '../../../src/scoring/score-one.ts'
import { rules } from '../../../src/scoring/scorers/rules.ts'
import { ready } from '../../../src/scoring/scorers/scorer.ts'
import { seedPoints } from '../../../src/scoring/scorers/seed-points.ts'
import { signals } from '../../../src/scoring/signals/index.ts'
import { stageOf } from '../../../src/scoring/stage.ts'
import { tierOf } from '../../../src/scoring/tier.ts'
import { textFor } from '../../../src/text/index.ts'
import { AS_OF, event, features, orders, population, SCORING } from '../../support/facts.ts'
import { fc } from '../../support/fast-check.ts'

describe('RFM quintiles (A15)', () => {
  const scoresOf = (values: number[]): number[] => {
    const cuts = quintileCuts(Float64Array.from(values))
    return cuts ? values.map((value) => quintile(cuts, value)) : []
  }

  it('ten different values: two of each score', () => {
    expect(scoresOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
  })

  it('ties share the score of their average rank: six of ten bought once', () => {
    // Average rank of the ones is 3.5: ceil(5 · 3.5 / 10) = 2.
    expect(scoresOf([1, 1, 1, 1, 1, 1, 2, 3, 4, 5])).toEqual([2, 2, 2, 2, 2, 2, 4, 4, 5, 5])
    expect(scoresOf([7, 7, 7, 7])).toEqual([4, 4, 4, 4].map(() => Math.ceil((5 * 2.5) / 4)))
  })

  it('equals the tied-rank formula for any values, in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 9 }), { minLength: 1, maxLength: 60 }), (values) => {
        const n = values.length
        const expected = values.map((value) => {
          const below = values.filter((one) => one < value).length
          const same = values.filter((one) => one === value).length
          return Math.min(5, Math.max(1, Math.ceil((5 * (2 * below + same + 1)) / (2 * n))))
        })
        expect(scoresOf(values)).toEqual(expected)
      }),
    )
  })

  it('gives the eight names by high and low', () => {
    const names = textFor('zh-CN').scoring.rfmSegments
    const name = (r: number, f: number, m: number) => names[rfmSegmentOf({ r, f, m })]
    expect([name(5, 5, 5), name(1, 5, 5), name(5, 1, 5), name(1, 1, 5)]).toEqual([
      '重要价值',
      '重要保持',
      '重要发展',
      '重要挽留',
    ])
    expect([name(4, 4, 3), name(3, 4, 3), name(4, 3, 3), name(3, 3, 3)]).toEqual([
      '一般价值',
      '一般保持',
      '一般发展',
      '一般挽留',
    ])
    expect(names[rfmSegmentOf(null)]).toBe('数据不足')
  })
})

describe('value tier, an axis of its own (T4)', () => {
  it('cuts at the top shares and keeps equal values together', () => {
    const values = Float64Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect([topCut(values, 0.2), topCut(values, 0.5)]).toEqual([9, 6])
    expect(topCut(Float64Array.from([5, 5, 5, 5]), 0.2)).toBe(5)
  })

  it.each([
    [100_000, 'A'],
    [99_999, 'B'],
    [10_000, 'B'],
    [9_999, 'C'],
  ])('%i fen in 12 months is tier %s', (amount, tier) => {
    expect(tierOf(features(orders([10], [amount])), population())).toBe(tier)
  })

  it('nothing bought this year is C, nothing ever is unknown', () => {
    expect(tierOf(features(orders([500], [9e9])), population())).toBe('C')
    expect(tierOf(features([event('login', 3)]), population())).toBe('unknown')
  })

  it('a tier A customer may be at highest risk', () => {
    const scorer = ready(rules, {})
    const one = features([...orders([130, 120, 110, 100, 90, 80], Array(6).fill(9e6)), event('complaint', 9)])
    const score = scoreOne(one, { population: population({ gap: 10 }), scorer, settings: SCORING }, null)
    expect(score).toMatchObject({ tier: 'A', band: 'urgent' })
  })
})

describe('bands (A59)', () => {
  const { bands } = SCORING
  it.each([
    [0.29, 'none'],
    [0.3, 'watch'],
    [0.45, 'medium'],
    [0.6, 'high'],
    [0.8, 'urgent'],
  ] as const)('risk %f is %s', (risk, band) => expect(bandFor(risk, null, bands)).toBe(band))

  it('±1 point of noise for 10 days changes it at most once', () => {
    for (const start of [36, 46, 47, 57, 58, 75]) {
      let band = bandFor(0, null, bands)
      let changes = -1
      for (let i = 0; i < 10; i++) {
        const points = start + (i % 2 === 0 ? -1 : 1)
        const next = bandFor(1 / (1 + Math.exp((50 - points) / 18)), band, bands)
        if (next !== band) changes++
        band = next
      }
      expect(changes).toBeLessThanOrEqual(1)
    }
  })

  it('falls step by step past each lowered floor', () => {
    expect(bandFor(0.76, 'urgent', bands)).toBe('urgent')
    expect(bandFor(0.74, 'urgent', bands)).toBe('high')
    expect(bandFor(0.56, 'urgent', bands)).toBe('high')
    expect(bandFor(0.1, 'urgent', bands)).toBe('none')
  })
})

describe('stages (A8, A9)', () => {
  const old = [400, 300, 200, 100, 50, 20]
  it.each([
    ['no order', [event('login', 3)], false, 'awareness', 'acquire'],
    ['one order', orders([20]), false, 'acquisition', 'acquire'],
    ['two orders', orders([60, 20]), false, 'growth', 'grow'],
    ['five orders within half a year', orders([100, 80, 60, 40, 20]), false, 'growth', 'grow'],
    ['five orders over a year', orders(old), false, 'retention', 'mature'],
    ['lost', orders(old), true, 'churn', 'warning'],
  ] as const)('%s', (_, events, lost, jiandao, fanruan) => {
    const one = features(events)
    expect(stageOf('jiandao', one, lost, SCORING)).toBe(jiandao)
    expect(stageOf('fanruan', one, lost, SCORING)).toBe(fanruan)
  })

  it('流失预警 begins at twice the own cycle, 流失 not yet', () => {
    const one = features(orders([260, 230, 200, 170, 140, 110, 80]))
    expect(stageOf('fanruan', one, false, SCORING)).toBe('warning')
    expect(stageOf('jiandao', one, false, SCORING)).toBe('retention')
  })

  it('keeps the day a stage was entered while it lasts', () => {
    const yardstick = { population: population(), scorer: ready(rules, {}), settings: SCORING }
    const last = { asOf: AS_OF, band: 'none', bandSince: 7, stage: 'growth', stageSince: 9 } as const
    expect(scoreOne(features(orders([60, 20])), yardstick, last)).toMatchObject({
      stage: 'growth',
      stageSince: 9,
    })
    expect(scoreOne(features(orders([20])), yardstick, last)).toMatchObject({ stageSince: AS_OF })
  })
})

describe('scorers', () => {
  const score = (events: Parameters<typeof features>[0]) => ready(rules, {}).score(features(events), SCORING)

  it('too little data is said, never scored', () => {
    expect(score(orders([300]))).toMatchObject({ risk: null, reason: 'insufficient' })
    expect(score(orders([300, 20])).risk).not.toBeNull()
    expect(score([event('cancel', 2)]).risk).toBeGreaterThan(0.9)
  })

  it('sides of one story do not add up in full', () => {
    const { evidence } = score(orders([200, 180, 160, 140, 120]))
    expect(evidence.map((one) => one.signal)).toEqual(['overdue', 'silence', 'composite-silence'])
    const [first, ...others] = evidence.map((one) => one.points)
    for (const points of others) expect(points).toBeLessThan((first ?? 0) / 3)
  })

  it.each([
    [[event('order', 89)], 50],
    [[event('order', 5), event('consult', 5), event('browse', 5), event('review', 5)], 110],
    [[event('order', 5), event('order', 6), event('order', 7)], 50],
    [[event('order', 90)], -100],
    [[event('order', 400), event('login', 3)], 0],
  ])('seed-points reproduces its table (A37): case %#', (events, points) => {
    const outcome = ready(seedPoints, {}).score(features(events), SCORING)
    expect(outcome.risk === null ? null : outcome.points).toBe(points)
  })

  it('seed-points below zero equals "nothing for 90 days" (T5)', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1 }), (ages) => {
        const outcome = ready(seedPoints, {}).score(features(orders(ages)), SCORING)
        if (outcome.risk === null) throw new Error('must be scored')
        expect(outcome.points < 0).toBe(Math.min(...ages) >= 90)
      }),
    )
  })
})

describe('words', () => {
  const texts = [textFor('zh-CN'), textFor('en')]
  it('every stage, segment and signal has its words in both languages', () => {
    for (const { scoring } of texts) {
      for (const stage of Object.values(STAGES).flat()) {
        for (const words of [scoring.stages, scoring.stageRisk, scoring.stageAdvice])
          expect(words[stage]).toBeTruthy()
      }
      for (const segment of RFM_SEGMENTS) expect(scoring.rfmSegments[segment]).toBeTruthy()
      for (const { id } of signals) {
        expect(scoring.signals[id]).toBeTruthy()
        expect(scoring.suggestions[id]).toBeTruthy()
        expect([...(scoring.suggestions[id] ?? '')].length).toBeLessThanOrEqual(18)
      }
    }
  })

  it('every kind of fact reads as a sentence without holes', () => {
    for (const [kind, names] of Object.entries(FACT_KINDS)) {
      expect(isFactKind(kind)).toBe(true)
      const values = Object.fromEntries(names.map((name) => [name, name === 'kinds' ? 'login,order' : 3]))
      for (const text of texts) {
        const sentence = factSentence({ kind, on: AS_OF, values, source: null }, text)
        expect(sentence).not.toBe('')
        expect(sentence).not.toContain('undefined')
        expect(sentence).not.toContain('NaN')
      }
    }
    expect(factSentence({ kind: 'constructor', on: 1, values: {}, source: null }, textFor('en'))).toBe('')
  })
})
