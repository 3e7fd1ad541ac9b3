import { describe, expect, it } from 'vitest'
import { BANDS, bandRank } from '../../src/model/churn.ts'
import type { Candidate, OrderDue } from '../../src/model/push.ts'
import type { PushWish } from '../../src/model/push-wish.ts'
import { type Plan, type PlanInput, planDay, type RepPlan } from '../../src/push/plan.ts'
import { Settings } from '../../src/settings.ts'
import { fc } from '../support/fast-check.ts'

const { push } = Settings.parse({})
const DAY = 20_780
const LI = { id: 1, name: '李娜', active: true }

function candidate(over: Partial<Candidate> = {}): Candidate {
  return {
    customerId: 1,
    customerName: '张三制造',
    owner: LI,
    risk: 0.7,
    band: 'high',
    bandSince: DAY - 3,
    tier: 'A',
    stage: 'retention',
    value12m: 1_000_000,
    scoreRunId: 1,
    openCase: null,
    lastPush: null,
    lastClosed: null,
    followUp: null,
    ...over,
  }
}

function plan(candidates: Candidate[], over: Partial<PlanInput> = {}): Plan {
  return planDay({ day: DAY, workday: true, candidates, due: [], push, ...over })
}

/** The reason this one customer is held back for, or null when it is pushed. */
function heldFor(over: Partial<Candidate>, day = DAY): string | null {
  const made = plan([candidate(over)], { day })
  const [reason = null] = Object.entries(made.held).find(([, n]) => n > 0) ?? []
  expect(made.reps.length).toBe(reason === null ? 1 : 0)
  return reason
}

describe('who is pushed', () => {
  it('nobody twice within seven days, unless it got worse', () => {
    const lastPush = { on: DAY - 6, band: 'high' } as const
    expect(heldFor({ lastPush })).toBe('repeat')
    expect(heldFor({ lastPush }, DAY + 1)).toBeNull()
    expect(heldFor({ lastPush, band: 'urgent' })).toBeNull()
    expect(heldFor({ lastPush, band: 'medium' })).toBe('repeat')
  })

  it('nobody snoozed, until the day or unless it got worse', () => {
    const openCase = { id: 1, lane: 'digest', pushedOn: DAY - 9, snoozedUntil: DAY + 1 } as const
    const lastPush = { on: DAY - 9, band: 'high' } as const
    expect(heldFor({ openCase, lastPush })).toBe('snoozed')
    expect(heldFor({ openCase, lastPush }, DAY + 1)).toBeNull()
    expect(heldFor({ openCase, lastPush, band: 'urgent' })).toBeNull()
  })

  it('a snoozed customer comes back once on the day that was asked for, even within the seven days', () => {
    const openCase = { id: 1, lane: 'digest', pushedOn: DAY - 3, snoozedUntil: DAY } as const
    const back = candidate({ openCase, lastPush: { on: DAY - 3, band: 'high' } })
    const valuable = candidate({ customerId: 2, value12m: 90_000_000 })
    expect(plan([valuable, back]).reps[0]?.items).toMatchObject([
      { customerId: 1, reason: 'asked' },
      { customerId: 2, reason: 'priority' },
    ])
    expect(heldFor({ openCase, lastPush: { on: DAY, band: 'high' } }, DAY + 1)).toBe('repeat')
  })

  it('nobody after an effective follow-up until the promised day; a mere touch silences nothing', () => {
    const followUp = { on: DAY - 2, effective: true, nextOn: DAY + 3 }
    expect(heldFor({ followUp })).toBe('follow-up')
    expect(heldFor({ followUp }, DAY + 3)).toBeNull()
    expect(heldFor({ followUp: { ...followUp, nextOn: null } })).toBe('follow-up')
    expect(heldFor({ followUp: { ...followUp, nextOn: null } }, DAY + 5)).toBeNull()
    expect(heldFor({ followUp: { ...followUp, effective: false } })).toBeNull()
  })

  it('false alarms stay away: for a time, or for good where waiting changes nothing', () => {
    const closed = (reason: string) => ({
      lastClosed: { state: 'false-alarm', on: DAY - 1, band: 'high', reason } as const,
    })
    expect(heldFor(closed('seasonal'))).toBe('false-alarm')
    expect(heldFor(closed('seasonal'), DAY + 89)).toBeNull()
    expect(heldFor(closed('closed-down'), DAY + 3_000)).toBe('false-alarm')
  })

  it('lost customers come back only when they recovered in between', () => {
    const lastClosed = { state: 'lost', on: DAY - 40, band: 'urgent', reason: 'price' } as const
    expect(heldFor({ lastClosed, bandSince: DAY - 60 })).toBe('closed')
    expect(heldFor({ lastClosed, bandSince: DAY - 2 })).toBeNull()
  })

  it('saved customers rest, unless it gets worse than it was', () => {
    const lastClosed = { state: 'won', on: DAY - 5, band: 'high', reason: null } as const
    expect(heldFor({ lastClosed })).toBe('closed')
    expect(heldFor({ lastClosed, band: 'urgent' })).toBeNull()
    expect(heldFor({ lastClosed }, DAY + 25)).toBeNull()
  })

  it('nobody on a day off', () => {
    const made = plan([candidate()], { workday: false, due: [] })
    expect(made).toMatchObject({ reps: [], held: { 'off-day': 1 } })
  })

  it('nothing goes to nobody or to inactive people; the administrator gets the names', () => {
    const made = plan([
      candidate({ owner: null }),
      candidate({
        customerId: 2,
        customerName: '李记',
        owner: { ...LI, active: false },
        value12m: 9_000_000,
      }),
    ])
    expect(made.reps).toEqual([])
    expect(made.held).toMatchObject({ 'no-owner': 1, 'inactive-owner': 1 })
    expect(made.homeless.map((one) => one.customerName)).toEqual(['李记', '张三制造'])
  })

  it('a dry run shows customers without an owner as a group of their own', () => {
    const made = plan([candidate({ owner: null })], { showUnassigned: true })
    expect(made.reps).toMatchObject([{ memberId: null, name: null, items: [{ customerId: 1 }] }])
  })
})

describe('the control group', () => {
  const holdout = new Set([1])

  it('waits, however bad it gets', () => {
    const made = plan([candidate({ band: 'urgent' }), candidate({ customerId: 2 })], { holdout })
    expect(made.held.holdout).toBe(1)
    expect(made.reps[0]?.items.map((one) => one.customerId)).toEqual([2])
    expect(made.reps[0]?.more).toBe(0)
  })

  it('is told of for an event, for what was asked for and for what was promised', () => {
    const event = { id: 1, lane: 'event', pushedOn: null, snoozedUntil: null } as const
    expect(plan([candidate({ openCase: event })], { holdout }).reps[0]?.items[0]?.reason).toBe('event')
    const asked = { id: 1, lane: 'event', pushedOn: DAY - 9, snoozedUntil: DAY } as const
    const lastPush = { on: DAY - 9, band: 'high' } as const
    expect(plan([candidate({ openCase: asked, lastPush })], { holdout }).reps[0]?.items[0]?.reason).toBe(
      'asked',
    )
    const promise = { customerId: 1, customerName: '张三制造', owner: LI, nextOn: DAY }
    const made = plan([candidate()], { holdout, due: [promise] })
    expect(made.reps[0]?.items).toEqual([])
    expect(made.reps[0]?.due).toEqual([promise])
  })

  it('hears of no expected order', () => {
    const next = { after: DAY - 30, from: DAY - 2, due: DAY, until: DAY + 2, every: 30 }
    const one = { customerId: 1, customerName: '-', owner: LI, next, value12m: 1, followUp: null }
    const orders = [one, { ...one, customerId: 2 }]
    expect(plan([], { orders, holdout }).reps[0]?.orders.map(({ customerId }) => customerId)).toEqual([2])
  })
})

describe('expected orders', () => {
  const next = { after: DAY - 80, from: DAY - 2, due: DAY + 10, until: DAY + 20, every: 90 }
  const expected = (over: Partial<OrderDue> = {}): OrderDue => ({
    customerId: 50,
    customerName: '李记',
    owner: LI,
    next,
    value12m: 1,
    followUp: null,
    ...over,
  })
  const told = (orders: OrderDue[], over: Partial<PlanInput> = {}, at = DAY): number[] =>
    plan([], { orders, day: at, ...over }).reps.flatMap((rep) => rep.orders.map((one) => one.customerId))

  it('are told within the window, before it is late', () => {
    expect(told([expected()])).toEqual([50])
    expect(told([expected()], {}, DAY - 3)).toEqual([])
    expect(told([expected()], {}, DAY + 20)).toEqual([50])
    expect(told([expected()], {}, DAY + 21)).toEqual([])
    expect(told([expected()], { workday: false })).toEqual([])
    expect(told([expected({ next: { ...next, every: 7 } })])).toEqual([])
    expect(told([expected({ owner: { ...LI, active: false } })])).toEqual([])
  })

  it('have a budget of their own, the soonest first, and are no customers at risk', () => {
    const many = [3, 1, 4, 2].map((n) => expected({ customerId: n, next: { ...next, due: DAY + n } }))
    expect(told(many)).toEqual([1, 2, 3])
    const passed = [-1, 5].map((n) => expected({ customerId: 60 + n, next: { ...next, due: DAY + n } }))
    expect(told(passed)).toEqual([65, 59])
    expect(told(many, { push: { ...push, ordersPerDay: 0 } })).toEqual([])
    const made = plan([candidate()], { orders: many })
    expect(made.reps[0]).toMatchObject({ more: 0, items: [{ customerId: 1 }] })
    expect(made.reps[0]?.orders.map((one) => one.customerId)).toEqual([2, 3, 4])
  })

  it('wait for a promised date and for a talk of these days', () => {
    const followUp = { on: DAY - 20, effective: true, nextOn: null }
    expect(told([expected({ followUp })])).toEqual([50])
    expect(told([expected({ followUp: { ...followUp, nextOn: DAY + 3 } })])).toEqual([])
    expect(told([expected({ followUp: { ...followUp, on: DAY - 2 } })])).toEqual([])
    const due = [{ customerId: 50, customerName: '李记', owner: LI, nextOn: DAY - 1 }]
    expect(told([expected()], { due })).toEqual([])
  })
})

describe('the order', () => {
  it('is risk × value, and says so', () => {
    const made = plan([
      candidate({ customerId: 1, risk: 0.9, value12m: 100 }),
      candidate({ customerId: 2, risk: 0.5, value12m: 1_000 }),
      candidate({ customerId: 3, risk: 0.6, value12m: 1_000, lastPush: { on: DAY - 2, band: 'watch' } }),
    ])
    expect(made.reps[0]?.items).toMatchObject([
      { rank: 1, customerId: 3, reason: 'worse', risk: 0.6, value12m: 1_000 },
      { rank: 2, customerId: 2, reason: 'priority' },
      { rank: 3, customerId: 1, reason: 'priority' },
    ])
  })

  it('puts events that found no place yesterday first, whatever the score says', () => {
    const openCase = { id: 7, lane: 'event', pushedOn: null, snoozedUntil: null } as const
    const event = candidate({ customerId: 9, band: 'none', risk: null, value12m: 0, openCase })
    const made = plan([candidate(), event])
    expect(made.reps[0]?.items.map((item) => [item.customerId, item.reason])).toEqual([
      [9, 'event'],
      [1, 'priority'],
    ])
  })

  it('keeps five, of these two urgent, and counts the rest', () => {
    const many = Array.from({ length: 9 }, (_, i) =>
      candidate({ customerId: i + 1, band: i < 4 ? 'urgent' : 'high', value12m: 1_000_000 - i }),
    )
    const [rep] = plan(many).reps
    expect(rep?.items.map((item) => item.customerId)).toEqual([1, 2, 5, 6, 7])
    expect(rep?.more).toBe(4)
    expect(plan(many).held.budget).toBe(4)
  })
})

describe('promised contacts', () => {
  const due = (customerId: number, nextOn: number) => ({ customerId, customerName: 'x', owner: LI, nextOn })

  it('stand in the digest, the oldest first, and not beside the same customer as an item', () => {
    const made = plan([candidate({ customerId: 1 })], { due: [due(1, DAY), due(2, DAY), due(3, DAY - 2)] })
    expect(made.reps[0]?.items[0]?.reason).toBe('promised')
    expect(made.reps[0]?.due.map((one) => one.customerId)).toEqual([3, 2])
  })

  it('are reason enough for a digest', () => {
    expect(plan([], { due: [due(4, DAY)] }).reps).toMatchObject([{ memberId: 1, items: [] }])
  })
})

const anyCandidate = fc.record({
  customerId: fc.integer({ min: 1, max: 5_000 }),
  customerName: fc.constant('x'),
  owner: fc.option(
    fc.record({ id: fc.integer({ min: 1, max: 4 }), name: fc.constant('r'), active: fc.boolean() }),
  ),
  risk: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  band: fc.constantFrom(...BANDS.slice(2)),
  bandSince: fc.integer({ min: DAY - 50, max: DAY }),
  tier: fc.constantFrom('A', 'B', 'C', 'unknown'),
  stage: fc.constant('s'),
  value12m: fc.integer({ min: 0, max: 10_000 }),
  scoreRunId: fc.constant(1),
  openCase: fc.constant(null),
  lastPush: fc.option(
    fc.record({ on: fc.integer({ min: DAY - 20, max: DAY }), band: fc.constantFrom(...BANDS) }),
  ),
  lastClosed: fc.constant(null),
  followUp: fc.constant(null),
}) satisfies fc.Arbitrary<Candidate>
const anyCandidates = fc.uniqueArray(anyCandidate, { selector: (one) => one.customerId, maxLength: 60 })
const anyBudget = fc.record({
  perDay: fc.integer({ min: 0, max: 8 }),
  urgentPerDay: fc.integer({ min: 0, max: 4 }),
})
const anyWish = fc.record({ highValue: fc.boolean(), perDay: fc.option(fc.integer({ min: 1, max: 8 })) })

function expectWished({ items }: RepPlan, { highValue, perDay }: PushWish): void {
  if (perDay !== null) expect(items.length).toBeLessThanOrEqual(perDay)
  if (highValue) expect(items.every((item) => item.tier === 'A')).toBe(true)
}

describe('whatever the candidates', () => {
  it('no budget is exceeded, nobody is repeated, everybody is accounted for', () => {
    fc.assert(
      fc.property(anyCandidates, anyBudget, anyWish, fc.integer(), (candidates, budget, wish, odd) => {
        const rules = { ...push, ...budget }
        const resting = new Map(
          candidates.flatMap(({ customerId: id }) =>
            id % 7 === odd % 7 ? [[id, 'group-dip'] as const] : [],
          ),
        )
        const made = plan(candidates, { push: rules, wishes: new Map([[2, wish]]), resting })
        const byId = new Map(candidates.map((one) => [one.customerId, one]))
        let planned = 0
        for (const rep of made.reps) {
          planned += rep.items.length
          expect(rep.items.length).toBeLessThanOrEqual(budget.perDay)
          expect(rep.items.filter((item) => item.band === 'urgent').length).toBeLessThanOrEqual(
            budget.urgentPerDay,
          )
          if (rep.memberId === 2) expectWished(rep, wish)
          for (const item of rep.items) {
            expect(resting.has(item.customerId)).toBe(false)
            const one = byId.get(item.customerId)
            expect(one?.owner).toMatchObject({ id: rep.memberId, active: true })
            const last = one?.lastPush
            if (last && bandRank(item.band) <= bandRank(last.band))
              expect(DAY - last.on).toBeGreaterThanOrEqual(rules.repeatAfterDays)
          }
        }
        const held = Object.values(made.held).reduce((sum, n) => sum + n, 0)
        expect(planned + held).toBe(candidates.length)
      }),
    )
  })

  it('the plan is the same whatever the order of the candidates', () => {
    const shuffled = anyCandidates.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
      ),
    )
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        expect(plan(other)).toEqual(plan(one))
      }),
    )
  })
})
