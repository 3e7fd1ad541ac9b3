import { describe, expect, it } from 'vitest'
import type { ChurnDefinition } from '../../src/model/churn.ts'
import { type PurchaseHistory, passage } from '../../src/stats/passage.ts'
import { fc } from '../support/fast-check.ts'

const HALF_YEAR: ChurnDefinition = { name: 'e-commerce', basis: 'order', days: 180, cycles: 3 }
const OWN: ChurnDefinition = { name: 'own-cycle', basis: 'own-cycle', days: 90, cycles: 3 }
const CONTRACT: ChurnDefinition = { name: 'saas', basis: 'renewal', days: 90, cycles: 3 }

/** The period under test: days 1000 to 1029. */
const [FROM, TO] = [1000, 1029]

function history(orderDays: readonly number[], more: Partial<PurchaseHistory> = {}): PurchaseHistory {
  const nothing = {
    renewalDays: [],
    cancelDays: [],
    renewalOn: null,
    since: null,
    excusedDays: [],
    segmentGap: 60,
  }
  return { orderDays, ...nothing, ...more }
}

const STAYED = { opening: 1, lost: 0, returned: 0, new: 0 }
const LOST = { opening: 1, lost: 1, returned: 0, new: 0 }
const RETURNED = { opening: 0, lost: 0, returned: 1, new: 0 }
const GONE = { opening: 0, lost: 0, returned: 0, new: 0 }
const NEW = { opening: 0, lost: 0, returned: 0, new: 1 }

describe('passage by silence', () => {
  it.each([
    ['silent 180 days on the first day of the period: lost in it', [820], LOST],
    ['silent 180 days the day before: lost already', [819], GONE],
    ['silent 180 days on the last day', [849], LOST],
    ['silent 179 days on the last day', [850], STAYED],
    ['an order on the very day takes it back', [820, 1000], STAYED],
    ['lost within the period and back within it is lost all the same', [820, 1010], LOST],
    ['lost before and back', [700, 1010], RETURNED],
    ['lost before and back after the period', [700, 1040], GONE],
    ['first order within the period', [1005], NEW],
    ['first order on its last day', [1029], NEW],
    ['first order after it', [1030], GONE],
    ['never an order: no customer yet', [], GONE],
  ])('%s', (_, orderDays, expected) => {
    expect(passage(HALF_YEAR, history(orderDays), FROM, TO)).toEqual(expected)
  })

  it('judges an own cycle by what was known then: later gaps do not excuse an earlier loss', () => {
    // Gaps of 10 days: typical (3·10 + 3·60) / 6 = 35, lost after max(90, 105) = 105 days.
    const regular = [880, 890, 900, 910]
    expect(passage(OWN, history(regular), FROM, 1014)).toEqual(STAYED)
    expect(passage(OWN, history(regular), FROM, 1015)).toEqual(LOST)
    expect(passage(OWN, history([...regular, 2000, 3000]), FROM, 1015)).toEqual(LOST)
  })

  it('takes an explicit notice at its word, on its day', () => {
    expect(passage(HALF_YEAR, history([990], { cancelDays: [1003] }), FROM, TO)).toEqual(LOST)
    expect(passage(HALF_YEAR, history([990], { cancelDays: [995] }), FROM, TO)).toEqual(GONE)
    expect(passage(HALF_YEAR, history([990, 997], { cancelDays: [995] }), FROM, TO)).toEqual(STAYED)
  })

  it('leaves a false alarm out of the numerator until the next order', () => {
    expect(passage(HALF_YEAR, history([820], { excusedDays: [950] }), FROM, TO)).toEqual(STAYED)
    expect(passage(HALF_YEAR, history([700, 820], { excusedDays: [750] }), FROM, TO)).toEqual(LOST)
  })
})

describe('passage by contract', () => {
  it.each([
    ['90 days unrenewed within the period', 920, [], LOST],
    ['renewed in time', 920, [900], STAYED],
    ['lapsed before the period', 900, [], GONE],
    ['lapsed and renewed in the period', 700, [1010], RETURNED],
    ['contract still running', 1200, [], STAYED],
  ])('%s', (_, renewalOn, renewalDays, expected) => {
    const one = history([], { renewalOn, renewalDays, since: 100 })
    expect(passage(CONTRACT, one, FROM, TO)).toEqual(expected)
  })
})

describe('passage, whatever the history', () => {
  const days = fc
    .uniqueArray(fc.integer({ min: 0, max: 1200 }), { maxLength: 40 })
    .map((list) => list.sort((a, b) => a - b))

  it('counts a customer once at most, and the lost only in the cohort', () => {
    fc.assert(
      fc.property(days, fc.constantFrom(HALF_YEAR, OWN, CONTRACT), (orderDays, definition) => {
        const one = passage(definition, history(orderDays), FROM, TO)
        expect(one.opening + one.returned + one.new).toBeLessThanOrEqual(1)
        expect(one.lost).toBeLessThanOrEqual(one.opening)
      }),
    )
  })

  it('does not look past the end of the period', () => {
    fc.assert(
      fc.property(days, fc.constantFrom(HALF_YEAR, OWN), (orderDays, definition) => {
        const known = orderDays.filter((day) => day <= TO)
        expect(passage(definition, history(orderDays), FROM, TO)).toEqual(
          passage(definition, history(known), FROM, TO),
        )
      }),
    )
  })

  it('adds up over two periods: who is in the first cohort and not lost is in the second', () => {
    fc.assert(
      fc.property(days, (orderDays) => {
        const first = passage(HALF_YEAR, history(orderDays), FROM, TO)
        const second = passage(HALF_YEAR, history(orderDays), TO + 1, TO + 30)
        if (first.opening === 1 && first.lost === 0) expect(second.opening).toBe(1)
        if (first.new === 1) expect(second.opening).toBe(1)
      }),
    )
  })
})
