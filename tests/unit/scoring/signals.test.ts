import { describe, expect, it } from 'vitest'
import type { Signal } from '../../../src/scoring/signal.ts'
import { activityDrop } from '../../../src/scoring/signals/activity-drop.ts'
import { cancel } from '../../../src/scoring/signals/cancel.ts'
import { complaint } from '../../../src/scoring/signals/complaint.ts'
import { compositeSilence } from '../../../src/scoring/signals/composite-silence.ts'
import { contactChange } from '../../../src/scoring/signals/contact-change.ts'
import { signals } from '../../../src/scoring/signals/index.ts'
import { negativeWords } from '../../../src/scoring/signals/negative-words.ts'
import { nps as npsSignal } from '../../../src/scoring/signals/nps.ts'
import { overdue } from '../../../src/scoring/signals/overdue.ts'
import { renewal } from '../../../src/scoring/signals/renewal.ts'
import { shrinkingOrders } from '../../../src/scoring/signals/shrinking-orders.ts'
import { silence } from '../../../src/scoring/signals/silence.ts'
import { AS_OF, event, features, nps, orders, SCORING } from '../../support/facts.ts'

const points = (signal: Signal, ...given: Parameters<typeof features>): number | null =>
  signal.evaluate(features(...given), SCORING)?.points ?? null

/** `n` orders `gap` days apart, the last one `ago` days before as-of. */
const rhythm = (gap: number, n: number, ago: number) =>
  orders(Array.from({ length: n }, (_, i) => ago + (n - 1 - i) * gap))

describe('overdue: own purchase cycle (A41)', () => {
  it('is quiet within the cycle and fires past 1.3 cycles: 90 days quiet at 100, watch at 120', () => {
    const everyQuarter = { population: { gap: 90 } }
    expect(points(overdue, rhythm(90, 6, 100), everyQuarter)).toBeNull()
    expect(points(overdue, rhythm(90, 6, 116), everyQuarter)).toBeNull()
    expect(points(overdue, rhythm(90, 6, 117), everyQuarter)).toBe(36)
  })

  it('needs three order days', () => {
    expect(points(overdue, rhythm(10, 2, 200))).toBeNull()
    expect(points(overdue, rhythm(10, 3, 200))).not.toBeNull()
  })

  it('counts orders of one day once', () => {
    expect(features(orders([40, 40, 30, 20])).orderDays).toBe(3)
    expect(points(overdue, orders([300, 200, 200]))).toBeNull()
  })

  it('pulls a short history to the segment: (n·own + 3·segment)/(n + 3)', () => {
    expect(features(rhythm(10, 3, 0)).cycle?.typical).toBe((2 * 10 + 3 * 30) / 5)
    expect(features(rhythm(10, 3, 0), { population: { segmentGaps: { default: 50 } } }).cycle?.typical).toBe(
      34,
    )
  })

  it('is high only from twice the cycle and beyond the own P90', () => {
    expect(points(overdue, rhythm(30, 8, 59))).toBeLessThan(60)
    expect(points(overdue, rhythm(30, 8, 60))).toBe(60)
    // Often pauses for 100 days: 80 days are more than two cycles and still nothing new.
    const pauses = orders([80, 100, 200, 220, 320, 340, 360, 380, 400, 420])
    expect(points(overdue, pauses)).toBe(50)
  })

  it('shows the own rhythm as dated facts with their source', () => {
    const one = features(rhythm(30, 8, 52))
    const facts = overdue.evaluate(one, SCORING)?.facts ?? []
    expect(facts[0]).toMatchObject({
      kind: 'own-cycle',
      on: AS_OF - 52,
      values: { typical: 30, orders: 8, longest: 30, silence: 52 },
      source: { table: 'events', id: one.purchases.at(-1)?.id },
    })
  })
})

describe('composite silence (A25)', () => {
  const active = (ago: number) => [event('order', ago + 30), event('login', ago), event('consult', ago + 10)]

  it.each([
    [59, false],
    [60, true],
    [61, true],
  ])('after %i days fires: %s', (ago, fires) => {
    expect(points(compositeSilence, active(ago)) !== null).toBe(fires)
  })

  it('any one of the three breaks it', () => {
    expect(points(compositeSilence, [...active(90), event('consult', 5)])).toBeNull()
    expect(points(compositeSilence, [...active(90), event('browse', 5)])).not.toBeNull()
  })

  it('asks only kinds that exist: an absent source is not zero activity', () => {
    expect(points(compositeSilence, [event('visit', 90)], { population: { kinds: ['visit'] } })).toBeNull()
    const noLogins = { population: { kinds: ['order', 'consult'] as const } }
    const fact = compositeSilence.evaluate(features([event('order', 70)], noLogins), SCORING)?.facts[0]
    expect(fact?.values).toEqual({ days: 70, kinds: 'consult,order' })
  })

  it('with orders alone respects the own cycle', () => {
    const onlyOrders = { population: { kinds: ['order'] as const } }
    expect(points(compositeSilence, rhythm(90, 8, 80), onlyOrders)).toBeNull()
    expect(points(compositeSilence, rhythm(20, 8, 80), onlyOrders)).toBe(12)
  })
})

describe('silence of 30 days (A53)', () => {
  it.each([
    [29, false],
    [30, true],
  ])('of a weekly buyer after %i days fires: %s', (ago, fires) => {
    expect(points(silence, rhythm(7, 20, ago)) !== null).toBe(fires)
  })

  it('does not mark a yearly buyer', () => {
    expect(points(silence, rhythm(365, 6, 200), { population: { gap: 365 } })).toBeNull()
  })

  it('any activity of the customer ends it, a touch by us does not', () => {
    expect(points(silence, [...rhythm(7, 20, 60), event('login', 3)])).toBeNull()
    expect(points(silence, [...rhythm(7, 20, 60), event('touch', 3)])).not.toBeNull()
  })
})

describe('activity drop (A39)', () => {
  /** `before` logins in each of the three months before, `recent` in the last. */
  const logins = (before: number, recent: number) => [
    event('login', 150),
    ...Array.from({ length: before * 3 }, (_, i) => event('login', 31 + (i % 88))),
    ...Array.from({ length: recent }, (_, i) => event('login', i)),
  ]

  it.each([
    [10, 2, true],
    [2, 1, false],
    [10, 6, false],
    [6, 3, false],
    [20, 0, true],
  ])('%i → %i fires: %s', (before, recent, fires) => {
    expect(points(activityDrop, logins(before, recent)) !== null).toBe(fires)
  })

  it('knows nothing of a customer without a baseline', () => {
    expect(features([event('login', 20), event('login', 2)]).activity).toBeNull()
  })
})

describe('shrinking orders (A40)', () => {
  const ages = [210, 180, 150, 120, 90, 60, 30]
  it.each([
    ['three small ones fire', [10, 11, 9, 10, 4, 5, 4], true],
    ['one small top-up does not', [10, 11, 9, 10, 10, 10, 2], false],
    ['one past peak does not', [10, 90, 9, 10, 10, 10, 9], false],
    ['steady does not', [10, 10, 10, 10, 10, 10, 10], false],
  ])('%s', (_, thousands, fires) => {
    const amounts = thousands.map((one) => one * 100_000)
    expect(points(shrinkingOrders, orders(ages, amounts)) !== null).toBe(fires)
  })

  it('needs three purchases to compare with', () => {
    expect(points(shrinkingOrders, orders([90, 60, 50, 40, 30], [9e5, 9e5, 1e5, 1e5, 1e5]))).toBeNull()
  })
})

describe('complaints (A43)', () => {
  it('an open one weighs more than a closed one, and resolved closes', () => {
    const open = points(complaint, [event('complaint', 10)])
    const closed = points(complaint, [event('complaint', 10), event('resolved', 5)])
    expect(open).toBe(38)
    expect(closed).toBeGreaterThan(0)
    expect(closed).toBeLessThan(15)
  })

  it('resolved on the same day closes; one before does not', () => {
    expect(points(complaint, [event('complaint', 10), event('resolved', 10)])).toBeLessThan(15)
    expect(points(complaint, [event('resolved', 11), event('complaint', 10)])).toBe(38)
  })

  it('forgets old ones', () => {
    expect(points(complaint, [event('complaint', 120)])).toBeNull()
  })

  it('names the row and quotes the words', () => {
    const told = event('complaint', 3, { text: '箱子破损三次，没人处理' })
    const fact = complaint.evaluate(features([told]), SCORING)?.facts[0]
    expect(fact).toMatchObject({ kind: 'complaint-open', source: { table: 'events', id: told.id } })
    expect(fact?.values.text).toContain('箱子破损')
  })
})

describe('renewal lane (A42)', () => {
  const due = (days: number, events = [event('login', 3)]) =>
    points(renewal, events, { customer: { renewalOn: AS_OF + days } })

  it.each([
    [91, null],
    [90, 10],
    [61, 10],
    [60, 22],
    [31, 22],
    [30, 38],
    [0, 38],
    [-1, 58],
  ])('%i days before: %s points', (days, expected) => expect(due(days)).toBe(expected))

  it('an early renewal means no alert', () => {
    expect(due(20, [event('renewal', 40)])).toBeNull()
    expect(due(-10, [event('renewal', 40)])).toBeNull()
    expect(due(20, [event('renewal', 345)])).toBe(38)
  })

  it('is absent without a renewal date', () => {
    expect(points(renewal, [event('login', 3)])).toBeNull()
  })
})

describe('contact change (A48), NPS (A86), words (A45), cancel', () => {
  it('a new contact matters and fades', () => {
    const fresh = points(contactChange, [event('contact-change', 0, { text: '张伟→李娜' })])
    const older = points(contactChange, [event('contact-change', 50)])
    expect(fresh).toBe(28)
    expect(older).toBeLessThan(15)
    expect(points(contactChange, [event('contact-change', 61)])).toBeNull()
  })

  it.each([
    ['6 is low', [nps(5, 6)], 'nps-low'],
    ['7 is not', [nps(5, 7)], null],
    ['10 → 8 fell', [nps(95, 10), nps(5, 8)], 'nps-drop'],
    ['9 → 8 did not', [nps(95, 9), nps(5, 8)], null],
    ['compares the same contact', [nps(95, 10, 'a'), nps(50, 8, 'b'), nps(5, 9, 'a')], null],
  ])('NPS: %s', (_, surveys, kind) => {
    const fact = npsSignal.evaluate(features([], { surveys }), SCORING)?.facts[0]
    expect(fact?.kind ?? null).toBe(kind)
  })

  it.each([
    ['价格太贵了，考虑换供应商', '太贵、换供应商'],
    ['对这次交付不满', '不满'],
    ['没有不满，挺好的', null],
    ['一切正常', null],
  ])('words: %s → %s', (text, words) => {
    const fact = negativeWords.evaluate(features([event('consult', 4, { text })]), SCORING)?.facts[0]
    expect(fact?.values.words ?? null).toBe(words)
  })

  it('words of a rep’s follow-up note are read too', () => {
    const notes = [{ id: 9, at: 0, day: AS_OF - 2, text: '客户说太贵' }]
    const fact = negativeWords.evaluate(features([], { notes }), SCORING)?.facts[0]
    expect(fact?.source).toEqual({ table: 'follow_ups', id: 9 })
  })

  it('a notice stands until an order after it', () => {
    expect(points(cancel, [event('order', 30), event('cancel', 5)])).toBe(100)
    expect(points(cancel, [event('cancel', 5), event('order', 2)])).toBeNull()
  })
})

describe('every signal', () => {
  it('is absent when nothing is known', () => {
    for (const signal of signals) expect(signal.evaluate(features([]), SCORING)).toBeNull()
  })

  it('has an own id', () => {
    expect(new Set(signals.map((one) => one.id)).size).toBe(signals.length)
  })
})
