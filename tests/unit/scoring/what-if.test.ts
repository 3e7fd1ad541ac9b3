import { describe, expect, it } from 'vitest'
import { bandRank } from '../../../src/model/churn.ts'
import type { CustomerFacts, ScoredCustomer } from '../../../src/model/customer-facts.ts'
import type { WhatIf } from '../../../src/model/what-if.ts'
import { featuresOf } from '../../../src/scoring/features-of.ts'
import { type ScoredState, scoreOne, type Yardstick } from '../../../src/scoring/score-one.ts'
import { chosenScorer } from '../../../src/scoring/scorers/index.ts'
import { gapsFor } from '../../../src/scoring/segment-gap.ts'
import { whatIf } from '../../../src/scoring/what-if.ts'
import { AS_OF, CUSTOMER, event, nps, orders, population, SCORING } from '../../support/facts.ts'
import { fc } from '../../support/fast-check.ts'

const YARDSTICK: Yardstick = { population: population(), scorer: chosenScorer('default'), settings: SCORING }

function judged(facts: Partial<CustomerFacts>, asOf = AS_OF, customer: ScoredCustomer = CUSTOMER) {
  const all = { events: [], surveys: [], notes: [], ...facts }
  const gaps = gapsFor(SCORING, YARDSTICK.population, customer.segment)
  const features = featuresOf(customer, all, asOf, YARDSTICK.population, gaps)
  return { features, facts: all, customer, score: scoreOne(features, YARDSTICK, null) }
}

function asked(
  facts: Partial<CustomerFacts>,
  customer?: ScoredCustomer,
): { score: ScoredState; found: WhatIf | null } {
  const input = judged(facts, AS_OF, customer)
  return { score: input.score, found: whatIf({ ...input, yardstick: YARDSTICK }) }
}

const MONTHLY = [0, 30, 60, 90, 120, 150, 180].map((ago) => ago + 5)

describe('what would change the band', () => {
  it('of a calm customer: the days without an order, exactly', () => {
    const facts = { events: orders(MONTHLY) }
    const { score, found } = asked(facts)
    expect(score.band).toBe('none')
    expect(found?.kind).toBe('no-order')
    const days = found?.days ?? 0
    expect(days).toBeGreaterThan(25)
    expect(judged(facts, AS_OF + days).score.band).toBe(found?.band)
    expect(judged(facts, AS_OF + days - 1).score.band).toBe('none')
  })

  it('of a late buyer: an order', () => {
    const late = asked({ events: orders(MONTHLY.map((ago) => ago + 60)) })
    expect(bandRank(late.score.band)).toBeGreaterThan(0)
    expect(late.found).toMatchObject({ kind: 'order', days: null, band: 'none' })
  })

  it('of a steady buyer with an open complaint: that it is closed, not an order', () => {
    const complaint = event('complaint', 3, { text: '少发了货' })
    const { score, found } = asked({ events: [...orders(MONTHLY), complaint] })
    expect(bandRank(score.band)).toBeGreaterThan(0)
    expect(found).toMatchObject({ kind: 'complaint-closed', band: 'none' })
  })

  it('of a bad survey beside an open complaint: the smallest that suffices', () => {
    const facts = { events: [...orders(MONTHLY), event('complaint', 3)], surveys: [nps(2, 2), nps(60, 9)] }
    const { score, found } = asked(facts)
    expect(found).not.toBeNull()
    expect(bandRank(found?.band ?? 'urgent')).toBeLessThan(bandRank(score.band))
  })

  it('of a contract: the renewal', () => {
    const customer = { ...CUSTOMER, renewalOn: AS_OF + 20 }
    const { score, found } = asked({ events: orders(MONTHLY) }, customer)
    if (score.band === 'none') expect(found?.kind).toBe('no-renewal')
    else expect(found?.kind).toBe('renewal')
  })

  it('says nothing without a score', () => {
    expect(asked({ events: orders([400]) }).found).toBeNull()
    expect(asked({}).found).toBeNull()
  })

  it('never promises what scoring would not keep', () => {
    const gap = fc.integer({ min: 5, max: 60 })
    fc.assert(
      fc.property(gap, fc.integer({ min: 0, max: 150 }), fc.boolean(), (step, ago, complains) => {
        const events = orders([0, 1, 2, 3, 4, 5].map((n) => ago + n * step))
        const facts = { events: complains ? [...events, event('complaint', 2)] : events }
        const { score, found } = asked(facts)
        if (!found) return
        if (found.days === null) expect(bandRank(found.band)).toBeLessThan(bandRank(score.band))
        else expect(judged(facts, AS_OF + found.days).score.band).toBe(found.band)
      }),
      { numRuns: 60 },
    )
  })
})
