import { expect, it } from 'vitest'
import { type Calendar, calendarFor } from '../../src/calendar.ts'
import { planWithHoldout } from '../../src/jobs/plan-with-holdout.ts'
import type { CaseAction } from '../../src/model/case.ts'
import { BANDS } from '../../src/model/churn.ts'
import type { Day } from '../../src/model/day.ts'
import type { Member } from '../../src/model/member.ts'
import { enqueuePlan } from '../../src/push/enqueue.ts'
import { tidyCases } from '../../src/push/plan-today.ts'
import { pushUrgentEvents } from '../../src/push/urgent.ts'
import { takeAction } from '../../src/retention/cases.ts'
import { openCases } from '../../src/store/cases.ts'
import { addCustomer, addEvent, addMember, addScoreRun, putScore } from '../support/people.ts'
import { sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

/** 元旦 and 春节 2026 lie within the ninety days. */
const START = Date.parse('2025-12-29T08:00:00+08:00')
const DAYS = 90
const CARD = { summary: '-', title: '-' }

interface Pushed {
  readonly day: Day
  readonly memberId: number
  readonly customerId: number
  readonly band: string
  readonly reason: string
}

interface World {
  readonly ctx: TestCtx
  readonly calendar: Calendar
  readonly random: () => number
  readonly reps: readonly Member[]
  readonly customers: { readonly id: number; readonly owner: number; risk: number }[]
  readonly digests: Pushed[]
  readonly urgent: Pushed[]
}

/** A small generator with a seed: the same ninety days every time. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296
    return state / 4_294_967_296
  }
}

async function createWorld(ctx: TestCtx): Promise<World> {
  const random = randomFrom(7)
  const reps = await Promise.all(Array.from({ length: 5 }, () => addMember(ctx)))
  const customers: World['customers'] = []
  for (const rep of reps) {
    for (let i = 0; i < 30; i++) {
      customers.push({ id: await addCustomer(ctx, { ownerId: rep.id }), owner: rep.id, risk: random() })
    }
  }
  return { ctx, calendar: calendarFor(ctx.settings), random, reps, customers, digests: [], urgent: [] }
}

/** Risk wanders. */
async function night({ ctx, customers, random }: World, day: Day): Promise<void> {
  const run_id = await addScoreRun(ctx, day - 1)
  for (const one of customers) {
    one.risk = Math.min(1, Math.max(0, one.risk + (random() - 0.5) * 0.3))
    const band = BANDS[Math.min(4, Math.floor(one.risk * 5))] ?? 'none'
    await putScore(ctx, { customer_id: one.id, run_id, as_of: day - 1, risk: one.risk, band })
  }
}

async function morning({ ctx, digests }: World, day: Day): Promise<void> {
  await tidyCases(ctx, day)
  const plan = await planWithHoldout(ctx, day, { dryRun: false })
  await enqueuePlan(ctx, plan, () => CARD, ctx.clock.now())
  for (const { memberId, items } of plan.reps) {
    digests.push(...items.map((item) => ({ ...item, day, memberId: memberId ?? 0 })))
  }
}

/** Complaints now and then. */
async function complaints({ ctx, customers, random, urgent }: World, day: Day): Promise<void> {
  for (const one of customers) {
    if (random() > 0.02) continue
    await addEvent(ctx, { customer_id: one.id, kind: 'complaint', at: ctx.clock.now(), day })
  }
  await pushUrgentEvents(ctx, (entry, on) => {
    const memberId = customers.find((one) => one.id === entry.customerId)?.owner ?? 0
    urgent.push({ ...entry, day: on, memberId })
    return CARD
  })
}

/** Reps answer some of it. */
async function answers({ ctx, reps, random }: World, day: Day): Promise<void> {
  const choices: CaseAction[] = [
    { kind: 'snooze', until: day + 1 + Math.floor(random() * 10) },
    { kind: 'false-alarm', reason: 'seasonal' },
    { kind: 'won' },
    { kind: 'contacted' },
  ]
  for (const actor of reps) {
    for (const one of await openCases(ctx, { kind: 'own', memberId: actor.id }, { limit: 2 })) {
      const action = choices[Math.floor(random() * choices.length)]
      if (action) await takeAction(ctx, { caseId: one.id, actor, action, at: ctx.clock.now() })
    }
  }
}

function mostPerRepDay(pushed: readonly Pushed[]): number {
  const counts = new Map<string, number>()
  for (const { day, memberId } of pushed) {
    const key = `${memberId} ${day}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  return Math.max(0, ...counts.values())
}

it('ninety days: no rep-day above its budget, nothing on days off, no repeat within a week unless worse or asked for', async () => {
  const ctx = await sqliteCtx({ at: START })
  const world = await createWorld(ctx)
  const { calendar, digests, urgent } = world
  const first = calendar.dayOf(START)
  for (let day = first; day < first + DAYS; day++) {
    await night(world, day)
    ctx.clock.advanceTo(calendar.instant(day, calendar.workStart))
    await morning(world, day)
    await complaints(world, day)
    await answers(world, day)
  }
  await ctx.close()

  expect(digests.length).toBeGreaterThan(400)
  expect(urgent.length).toBeGreaterThan(50)
  expect(mostPerRepDay(digests)).toBe(5)
  expect(mostPerRepDay(digests.filter((one) => one.band === 'urgent'))).toBe(2)
  expect(mostPerRepDay(urgent)).toBe(2)
  const off = [...digests, ...urgent].filter((one) => !calendar.isWorkday(one.day))
  expect(off).toEqual([])

  const last = new Map<number, Day>()
  const repeats = digests.filter(({ customerId, day }) => {
    const before = last.get(customerId)
    last.set(customerId, day)
    return before !== undefined && day - before < 7
  })
  expect(repeats.length).toBeGreaterThan(0)
  for (const one of repeats) expect(['worse', 'event', 'asked']).toContain(one.reason)
})
