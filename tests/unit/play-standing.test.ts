import { describe, expect, it } from 'vitest'
import { similarOf } from '../../src/retention/plays/similar.ts'
import { endOfPlay, needsAnother, stepsDone } from '../../src/retention/plays/standing.ts'
import type { Happened } from '../../src/store/customer-plays.ts'
import type { WorkedCase } from '../../src/store/saved-cases.ts'

const RUN = { cause: 'silence', followUpId: null, shownOn: 100 }
const DUES = [100, 103, 107]

function told(...all: readonly [day: number, outcome: string | null, id?: number][]): Happened {
  const rows = all.map(([day, outcome, id = day]) => ({
    ...{ id, day, outcome },
    effective: outcome !== null && outcome !== 'no-answer',
  }))
  return { orders: [], solved: [], told: rows }
}

describe('the steps of a play', () => {
  it.each<[string, Happened, number]>([
    ['nothing', told(), 0],
    ['only touches', told([100, null], [104, 'no-answer']), 0],
    ['the first on its day', told([100, 'interested']), 1],
    ['twice on one day', told([100, 'interested', 1], [100, 'neutral', 2]), 1],
    ['early, each day one step', told([100, 'interested'], [101, 'neutral']), 2],
    ['late, all that is due at once', told([105, 'neutral']), 2],
    ['often', told([100, 'neutral'], [101, 'neutral'], [102, 'neutral'], [103, 'neutral']), 3],
    ['before it was shown', told([99, 'interested']), 0],
  ])('%s', (_, happened, done) => {
    expect(stepsDone(RUN, happened, DUES)).toBe(done)
  })

  it('are not ticked by the words that led to the play', () => {
    expect(stepsDone({ ...RUN, followUpId: 100 }, told([100, 'dissatisfied']), DUES)).toBe(0)
  })
})

describe('the end of a play', () => {
  const orders = (...days: number[]): Happened => ({ ...told(), orders: days })

  it('is an order on a later day, a word of one, or a no; the earliest counts', () => {
    expect(endOfPlay(RUN, orders(100))).toBeNull()
    expect(endOfPlay(RUN, orders(100, 102))).toEqual({ why: 'order', on: 102 })
    expect(endOfPlay(RUN, told([101, 'interested'], [103, 'refused']))).toEqual({ why: 'refused', on: 103 })
    expect(endOfPlay(RUN, told([103, 'ordered']))).toEqual({ why: 'told-order', on: 103 })
    const both = { ...told([103, 'lost'], [104, 'renewed']), orders: [103] }
    expect(endOfPlay(RUN, both)).toEqual({ why: 'order', on: 103 })
  })

  it('is a solved complaint only for the play of a complaint', () => {
    const solved = { ...told([102, 'resolved']), solved: [101] }
    expect(endOfPlay(RUN, solved)).toBeNull()
    expect(endOfPlay({ ...RUN, cause: 'complaint' }, solved)).toEqual({ why: 'solved', on: 101 })
  })
})

describe('another play', () => {
  const refused = { why: 'refused', on: 101 } as const

  it.each([
    ['a stronger reason of the score', null, { id: 'shrinking', from: 'score' }, null, false],
    ['what was told since', null, { id: 'price', from: 'told' }, 101, true],
    ['what was told before', null, { id: 'price', from: 'told' }, 99, false],
    ['a complaint', null, { id: 'complaint', from: 'complaint' }, null, true],
    ['what was told, after a no', refused, { id: 'price', from: 'told' }, 101, false],
    ['a complaint, after a no', refused, { id: 'complaint', from: 'complaint' }, null, true],
  ] as const)('%s', (_, end, cause, toldOn, expected) => {
    expect(needsAnother(RUN, end, { cause, told: toldOn })).toBe(expected)
  })
})

describe('what saved cases share', () => {
  const one = (more: Partial<WorkedCase>): WorkedCase => ({
    ...{ saved: true, play: 'silence', orderAfter: 10, channel: 'phone', outcome: 'interested' },
    ...more,
  })

  it('is what at least half of them say, and the lower median of days', () => {
    const cases = [one({}), one({ channel: 'visit', orderAfter: 30 }), one({ saved: false, play: 'care' })]
    expect(similarOf(cases)).toEqual({
      ...{ saved: 2, of: 3 },
      how: { play: 'silence', channel: 'phone', outcome: 'interested', days: 10 },
    })
    expect(similarOf([one({ play: 'a' }), one({ play: 'b' }), one({ play: 'c' })]).how.play).toBeNull()
    expect(similarOf([]).how).toEqual({ play: null, channel: null, outcome: null, days: null })
  })
})
