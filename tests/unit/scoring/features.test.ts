import { describe, expect, it } from 'vitest'
import { createCalendar } from '../../../src/calendar.ts'
import type { EventFact } from '../../../src/model/customer-facts.ts'
import { EVENT_KINDS } from '../../../src/model/event.ts'
import { featuresOf } from '../../../src/scoring/features-of.ts'
import { dayCounter, longHolidays } from '../../../src/scoring/quiet-days.ts'
import { scoreOne, type Yardstick } from '../../../src/scoring/score-one.ts'
import { scorers } from '../../../src/scoring/scorers/index.ts'
import { overdue } from '../../../src/scoring/signals/overdue.ts'
import { Settings } from '../../../src/settings.ts'
import { AS_OF, CUSTOMER, day, event, features, orders, population, SCORING } from '../../support/facts.ts'
import { fc } from '../../support/fast-check.ts'

const calendar = createCalendar(Settings.parse({}).business)

describe('features', () => {
  it('add up the orders of one day', () => {
    const one = features(orders([40, 40, 10], [100, 200, 500]))
    expect(one.purchases.map(({ day, amount }) => [AS_OF - day, amount])).toEqual([
      [40, 300],
      [10, 500],
    ])
  })

  it('missing is not zero: a kind that exists nowhere is unknown, one this customer never used is not', () => {
    const known = features(orders([40, 20]), { population: { kinds: ['order', 'login'] } })
    expect(known.silenceBy).toMatchObject({ order: 20, login: 40, consult: null, browse: null })
    expect(known.lastDone).toMatchObject({ order: 20, login: null })
  })

  it('an order without an amount is a purchase of unknown size', () => {
    const one = features([event('order', 20), event('order', 5, { amount: 700 })])
    expect(one).toMatchObject({ orderDays: 2, revenue12m: 700, amounts: null })
  })

  it('revenue is net of refunds; the trailing year ends at as-of', () => {
    const events = [...orders([400, 365, 364, 10], [1, 10, 100, 1000]), event('refund', 5, { amount: 50 })]
    expect(features(events)).toMatchObject({ revenue12m: 1050, revenueTotal: 1061 })
  })

  it('payments are revenue only where neither orders nor renewals exist', () => {
    const events = [event('payment', 10, { amount: 500 })]
    expect(features(events).revenue12m).toBe(0)
    expect(features(events, { population: { kinds: ['payment', 'login'] } }).revenue12m).toBe(500)
  })
})

describe('long holidays', () => {
  const quiet = longHolidays(calendar, day('2025-09-01'), day('2026-06-01'))

  it('are 国庆, 春节 with a week on both sides, and 五一', () => {
    const counter = dayCounter(quiet)
    expect(counter.between(day('2025-09-30'), day('2025-10-08'))).toBe(0)
    expect(counter.between(day('2026-02-10'), day('2026-02-28'))).toBe(0)
    expect(counter.between(day('2026-03-10'), day('2026-03-31'))).toBe(21)
    expect(quiet.length).toBe(3)
  })

  it('do not make a buyer of every 20 days look overdue after 春节', () => {
    const asOf = day('2026-03-03')
    const events = Array.from({ length: 12 }, (_, i) =>
      event('order', 30 + i * 20, { day: asOf, amount: 100 }),
    ).reverse()
    const judge = (spans: typeof quiet) => {
      const one = featuresOf(
        CUSTOMER,
        { events, surveys: [], notes: [] },
        asOf,
        population({ quiet: spans }),
        { measured: 20, expected: 60 },
      )
      return overdue.evaluate(one, SCORING)
    }
    expect(judge([])).not.toBeNull()
    expect(judge(quiet)).toBeNull()
  })

  it('say on the card that they were left out', () => {
    const asOf = day('2026-03-25')
    const events = orders([58, 68, 78, 88, 98]).map((one) => ({ ...one, day: one.day - AS_OF + asOf }))
    const spans = population({ quiet })
    const one = featuresOf(CUSTOMER, { events: events.toReversed(), surveys: [], notes: [] }, asOf, spans, {
      measured: 10,
      expected: 60,
    })
    const facts = overdue.evaluate(one, SCORING)?.facts ?? []
    expect(facts.map((fact) => fact.kind)).toEqual(['own-cycle', 'holiday', 'last-order'])
    expect(one.silence?.days).toBe(58)
    expect(one.silence?.counted).toBeLessThan(58)
  })
})

const anyEvent: fc.Arbitrary<EventFact> = fc.record({
  id: fc.integer({ min: 1, max: 1_000_000 }),
  kind: fc.constantFrom(...EVENT_KINDS),
  at: fc.integer({ min: 0, max: 5 }),
  day: fc.integer({ min: AS_OF - 800, max: AS_OF }),
  amount: fc.option(fc.integer({ min: 0, max: 1_000_000 })),
  text: fc.option(fc.constantFrom('太贵', '挺好', '张伟→李娜')),
})
const anyHistory = fc.uniqueArray(anyEvent, { selector: (one) => one.id, maxLength: 60 })

describe('properties', () => {
  const yardsticks = scorers.map(
    (scorer): Yardstick => ({ population: population(), scorer, settings: SCORING }),
  )

  it('the order of rows does not matter', () => {
    fc.assert(
      fc.property(anyHistory, fc.integer({ min: 0, max: 1000 }), (events, seed) => {
        const shuffled = events
          .map((one, i) => ({ one, place: (i * 7919 + seed * 104_729) % 1009 }))
          .sort((a, b) => a.place - b.place)
          .map(({ one }) => one)
        expect(features(shuffled)).toEqual(features(events))
      }),
    )
  })

  it('risk is a probability or unknown, points are whole, and the answer is always the same', () => {
    fc.assert(
      fc.property(anyHistory, (events) => {
        for (const yardstick of yardsticks) {
          const one = scoreOne(features(events), yardstick, null)
          if (one.risk !== null) {
            expect(one.risk).toBeGreaterThanOrEqual(0)
            expect(one.risk).toBeLessThanOrEqual(1)
          } else {
            expect(one.band).toBe('none')
          }
          expect(Number.isInteger(one.points)).toBe(true)
          expect(scoreOne(features(events), yardstick, null)).toEqual(one)
        }
      }),
    )
  })

  it('every reason has a dated fact not later than as-of, except dates of a contract', () => {
    fc.assert(
      fc.property(anyHistory, (events) => {
        for (const yardstick of yardsticks) {
          for (const { facts } of scoreOne(features(events), yardstick, null).evidence) {
            expect(facts.length).toBeGreaterThan(0)
            for (const fact of facts) expect(fact.on).toBeLessThanOrEqual(AS_OF)
          }
        }
      }),
    )
  })
})
