import { describe, expect, it } from 'vitest'
import { factSentence } from '../../../src/cards/fact-sentence.ts'
import { EVENT_KINDS } from '../../../src/model/event.ts'
import type { Fact } from '../../../src/model/score.ts'
import { evidenceOf, firedSignals, groupSums } from '../../../src/scoring/explain/evidence-of.ts'
import { groupFacts } from '../../../src/scoring/explain/group-facts.ts'
import { GROUPS, groupOf } from '../../../src/scoring/explain/groups.ts'
import { wholePoints } from '../../../src/scoring/explain/whole-points.ts'
import { LEARNED_KINDS } from '../../../src/scoring/learn/history/row-plan.ts'
import { liveColumns } from '../../../src/scoring/scorers/learned-params.ts'
import { textFor } from '../../../src/text/index.ts'
import { AS_OF, event, features, nps, orders, SCORING } from '../../support/facts.ts'
import { fc } from '../../support/fast-check.ts'

const CONTEXT = { settings: SCORING, horizon: 90, pNoOrder: 0.617 }

describe('contributions in whole points', () => {
  it('add up to the total, each within a point of its own (two where base and total round apart)', () => {
    const value = fc.double({ min: -400, max: 400, noNaN: true })
    fc.assert(
      fc.property(value, fc.array(value, { minLength: 1, maxLength: 12 }), (base, parts) => {
        const total = Math.round(parts.reduce((sum, part) => sum + part, base))
        const whole = wholePoints(total, base, parts)
        // −0 is 0.
        expect(whole.parts.reduce((sum, part) => sum + part, whole.base) + 0).toBe(total + 0)
        expect(whole.base).toBe(Math.round(base) + 0)
        whole.parts.forEach((part, i) => {
          expect(Math.abs(part - (parts[i] ?? 0))).toBeLessThan(2)
        })
      }),
    )
  })

  it('take the base alone where there is nothing else', () => {
    expect(wholePoints(12, 12.4, [])).toEqual({ base: 12, parts: [] })
  })

  it('give the missing point to what lost most', () => {
    expect(wholePoints(10, 5, [1.2, 1.9, 1.9])).toEqual({ base: 5, parts: [1, 2, 2] })
    expect(wholePoints(9, 5, [1.2, 1.9, 1.9]).parts).toEqual([1, 2, 1])
  })
})

describe('groups of columns', () => {
  it('hold every column that a plan can have; activity is only what is named so', () => {
    const plan = { horizon: 90, withAmounts: true, kinds: [...LEARNED_KINDS], nps: true }
    for (const column of liveColumns(plan)) {
      const [what = ''] = column.split(':')
      const isDoing = what === 'activity' || EVENT_KINDS.some((kind) => kind === what)
      expect(groupOf(column) !== 'activity' || isDoing, column).toBe(true)
    }
  })
})

function expectSaid(fact: Fact): void {
  expect(fact.on).toBeLessThanOrEqual(AS_OF)
  expect(fact.source !== null || fact.kind.startsWith('no-')).toBe(true)
  for (const locale of ['zh-CN', 'en'] as const) {
    const sentence = factSentence(fact, textFor(locale))
    expect(sentence).not.toBe('')
    expect(sentence).not.toMatch(/undefined|NaN/)
  }
}

describe('reasons of a learned model', () => {
  const regular = features(
    [
      ...orders(
        [52, 83, 114, 145, 176, 207, 238, 269],
        [9, 9, 9, 30, 30, 30, 30, 30].map((n) => n * 1000),
      ),
      event('complaint', 5, { text: '漏发两次' }),
      event('visit', 20),
    ],
    { surveys: [nps(30, 9)] },
  )

  it('are the dated facts of the signals where these fire', () => {
    const groups = [
      { group: 'rhythm', points: 31 },
      { group: 'complaint', points: 12 },
      { group: 'spend', points: 9 },
    ] as const
    const [rhythm, complaint, spend] = evidenceOf(groups, firedSignals(regular, SCORING), regular, CONTEXT)
    expect(rhythm?.signal).toBe('overdue')
    expect(rhythm?.facts[0]).toMatchObject({ kind: 'own-cycle', values: { typical: 31, silence: 52 } })
    expect(complaint).toMatchObject({ signal: 'complaint', points: 12, facts: [{ kind: 'complaint-open' }] })
    expect(spend).toMatchObject({ signal: 'shrinking-orders' })
  })

  it('name what fires and is not seen by the model, without points, and most points first', () => {
    const evidence = evidenceOf(
      [
        { group: 'no-order', points: -3 },
        { group: 'orders', points: 8 },
      ],
      firedSignals(regular, SCORING),
      regular,
      CONTEXT,
    )
    const named = evidence.map(({ signal, points }) => [signal, points])
    expect(named[0]).toEqual(['fewer-orders', 8])
    expect(named.at(-1)).toEqual(['no-order', -3])
    expect(named.slice(1, -1).every(([, points]) => points === 0)).toBe(true)
    expect(named.map(([signal]) => signal)).toContain('complaint')
  })

  it('have for every group a clause with a source row or the day since when something is absent, in both languages', () => {
    const buyers = [regular, features(orders([40])), features(orders([3, 10, 200]))]
    const cases = buyers.flatMap((one) =>
      GROUPS.flatMap((group) => [true, false].map((raises) => ({ one, group, raises }))),
    )
    for (const { one, group, raises } of cases.filter((each) => each.group !== 'cancel')) {
      const facts = groupFacts(group, one, { ...CONTEXT, raises })
      expect(facts.length).toBeGreaterThan(0)
      for (const fact of facts) expectSaid(fact)
    }
  })

  it('say the forecast of the purchase model, and nothing where there is none', () => {
    const [fact] = groupFacts('no-order', regular, { ...CONTEXT, raises: true })
    expect(fact?.values).toEqual({ percent: 62, window: 90 })
    expect(groupFacts('no-order', regular, { ...CONTEXT, pNoOrder: Number.NaN, raises: true })).toEqual([])
  })

  it('count orders by windows of the horizon', () => {
    const [fact] = groupFacts('orders', features(orders([10, 95, 100, 190])), { ...CONTEXT, raises: true })
    expect(fact?.values).toEqual({ recent: 1, before: 2, window: 90 })
  })

  it('never tell as a worry that there was no complaint: it counts as little to be seen', () => {
    const quiet = features(orders([40, 80, 120]))
    const contributions = [
      { column: 'complaint:horizon', value: 0.5 },
      { column: 'nps:last', value: -0.2 },
      { column: 'login:since', value: 0.25 },
    ]
    const sums = groupSums(contributions, firedSignals(quiet, SCORING), quiet)
    expect([...sums]).toEqual([
      ['nps', -0.2],
      ['activity', 0.75],
    ])
    const fired = firedSignals(regular, SCORING)
    expect([...groupSums(contributions, fired, regular).keys()]).toEqual(['complaint', 'nps', 'activity'])
  })

  it('never tell as a worry a silence within the own rhythm: the number of orders says it', () => {
    const onTime = features(orders([47, 160, 270, 380]))
    const contributions = [
      { column: 'recency', value: 0.5 },
      { column: 'ordersFour', value: 0.25 },
    ]
    expect([...groupSums(contributions, firedSignals(onTime, SCORING), onTime)]).toEqual([['orders', 0.75]])
    const late = firedSignals(regular, SCORING)
    expect([...groupSums(contributions, late, regular).keys()]).toEqual(['rhythm', 'orders'])
    const speaksFor = [{ column: 'recency', value: -0.5 }]
    expect([...groupSums(speaksFor, [], onTime)]).toEqual([['rhythm', -0.5]])
  })

  it('tell a last order far below the others', () => {
    const one = features(orders([5, 40, 80], [84_900, 2_000_000, 2_400_000]))
    const facts = groupFacts('spend', one, { ...CONTEXT, raises: true })
    expect(facts.map(({ kind }) => kind)).toEqual(['small-order', 'spend'])
    expect(facts[0]?.values).toEqual({ amount: 84_900, usual: 2_200_000, days: 5 })
  })
})
