import { expect, it } from 'vitest'
import { calendarFor } from '../../src/calendar.ts'
import { type Ctx, inTransaction } from '../../src/context.ts'
import { planWithHoldout } from '../../src/jobs/plan-with-holdout.ts'
import { BANDS } from '../../src/model/churn.ts'
import type { Day } from '../../src/model/day.ts'
import { HOLDOUT } from '../../src/model/experiment.ts'
import { seededRandom } from '../../src/model/seeded-random.ts'
import { enqueuePlan } from '../../src/push/enqueue.ts'
import type { Plan } from '../../src/push/plan.ts'
import { pushUrgentEvents } from '../../src/push/urgent.ts'
import { alignHoldout } from '../../src/retention/align-holdout.ts'
import { openAssignments } from '../../src/store/assignments.ts'
import { runningExperiment } from '../../src/store/experiments.ts'
import { withHoldout } from '../support/holdout-world.ts'
import { addCustomer, addEvent, addMember, addScoreRun, addTeam, putScore } from '../support/people.ts'
import { describeEachDatabase, pgliteCtx, sqliteCtx } from '../support/test-ctx.ts'

const CARD = { summary: '-', title: '-' }
const SEND = { dryRun: false }
const TIERS = ['A', 'B', 'C'] as const

async function company(ctx: Ctx, { reps, each }: { reps: number; each: number }): Promise<number[]> {
  const teams = [await addTeam(ctx), await addTeam(ctx)]
  const customers: number[] = []
  for (let r = 0; r < reps; r++) {
    const rep = await addMember(ctx, { teamId: teams[r % 2] ?? null })
    for (let c = 0; c < each; c++) customers.push(await addCustomer(ctx, { ownerId: rep.id }))
  }
  return customers
}

/** Everybody is at risk, more or less; a third of each tier. */
async function night(ctx: Ctx, customers: readonly number[], day: Day, random: () => number): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const run_id = await addScoreRun(ctx, day - 1)
    for (const customer_id of customers) {
      const risk = random()
      const band = BANDS[Math.floor(risk * 5)] ?? 'none'
      const tier = TIERS[customer_id % 3] ?? 'C'
      await putScore(ctx, { customer_id, run_id, as_of: day - 1, risk, band, tier })
    }
  })
}

async function morning(ctx: Ctx, day: Day): Promise<Plan> {
  await alignHoldout(ctx, day)
  const plan = await planWithHoldout(ctx, day, SEND)
  await enqueuePlan(ctx, plan, () => CARD, ctx.clock.now())
  return plan
}

function today(ctx: Ctx): Day {
  return calendarFor(ctx.settings).dayOf(ctx.clock.now())
}

function pushedIn(plan: Plan): number[] {
  return plan.reps.flatMap(({ items }) => items.map(({ customerId }) => customerId))
}

async function armsOf(ctx: Ctx) {
  return [...(await openAssignments(ctx, HOLDOUT, 0)).values()]
}

describeEachDatabase('the holdout of a morning', (ctx) => {
  it('is off until the settings say so, and ends when they take it back', async () => {
    await company(ctx(), { reps: 1, each: 1 })
    await alignHoldout(ctx(), today(ctx()))
    expect(await runningExperiment(ctx(), HOLDOUT)).toBeNull()
    await Promise.all([1, 2].map(() => alignHoldout(withHoldout(ctx(), { share: 0.2 }), today(ctx()))))
    const first = await runningExperiment(ctx(), HOLDOUT)
    expect(first).toMatchObject({ share: 0.2, seed: today(ctx()), excludeTop: true, baseline: 0.45 })
    await alignHoldout(withHoldout(ctx(), { share: 0.2 }), today(ctx()) + 1)
    expect((await runningExperiment(ctx(), HOLDOUT))?.id).toBe(first?.id)
    await alignHoldout(withHoldout(ctx(), { share: 0.3 }), today(ctx()) + 1)
    expect((await runningExperiment(ctx(), HOLDOUT))?.share).toBe(0.3)
    await alignHoldout(ctx(), today(ctx()) + 2)
    expect(await runningExperiment(ctx(), HOLDOUT)).toBeNull()
    const rows = await ctx().db.selectFrom('audit').select('action').orderBy('id').execute()
    expect(rows.map(({ action }) => action)).toEqual([
      'holdout-start',
      'holdout-end',
      'holdout-start',
      'holdout-end',
    ])
  })
})

describeEachDatabase('lots', (ctx) => {
  it('are drawn for whoever would be pushed, also for those who move up; a dry run tells the same', async () => {
    const on = withHoldout(ctx(), { share: 0.3 })
    const customers = await company(on, { reps: 6, each: 12 })
    const day = today(on)
    await night(on, customers, day, seededRandom(4))
    const told = await planWithHoldout(on, day, { dryRun: true })
    expect(await armsOf(on)).toEqual([])
    const plan = await morning(on, day)
    expect(plan).toEqual(told)
    const arms = await armsOf(on)
    const control = arms.filter(({ arm }) => arm === 'control').map(({ customerId }) => customerId)
    const treated = arms.filter(({ arm }) => arm === 'treated').map(({ customerId }) => customerId)
    expect(plan.held.holdout).toBe(control.length)
    expect(control.length).toBeGreaterThan(3)
    const pushed = pushedIn(plan)
    expect(pushed.filter((id) => control.includes(id))).toEqual([])
    // Everybody else on the cards is of the other arm, or of tier A.
    const others = plan.reps.flatMap(({ items }) => items).filter(({ tier }) => tier !== 'A')
    expect(others.map(({ customerId }) => customerId).sort()).toEqual(treated.sort())
  })

  it('are drawn once: again in the same morning changes nothing, whatever was sent by then', async () => {
    const on = withHoldout(ctx(), { share: 0.3 })
    const before = await armsOf(on)
    const again = await Promise.all([1, 2, 3].map(() => planWithHoldout(on, today(on), SEND)))
    expect(await armsOf(on)).toEqual(before)
    const control = new Set(before.filter(({ arm }) => arm === 'control').map(({ customerId }) => customerId))
    for (const plan of again) expect(pushedIn(plan).some((id) => control.has(id))).toBe(false)
  })

  it('an event comes through', async () => {
    const on = withHoldout(ctx(), { share: 0.3 })
    const one = (await armsOf(on)).find(({ arm }) => arm === 'control')
    if (!one) throw new Error('no control group')
    const { customerId } = one
    await addEvent(on, { customer_id: customerId, kind: 'complaint', at: on.clock.now(), day: today(on) })
    const urgent: number[] = []
    await pushUrgentEvents(on, (entry) => {
      urgent.push(entry.customerId)
      return CARD
    })
    expect(urgent).toEqual([customerId])
  })

  it('of a killed morning are kept by the next start', async () => {
    const on = withHoldout(ctx(), { share: 0.3 })
    const day = today(on) + 1
    const customers = await company(on, { reps: 3, each: 10 })
    await night(on, customers, day, seededRandom(5))
    const planned = await planWithHoldout(on, day, SEND)
    const arms = await armsOf(on)
    // Killed here: nothing was sent.
    expect(pushedIn(await planWithHoldout(on, day, SEND))).toEqual(pushedIn(planned))
    expect(await armsOf(on)).toEqual(arms)
  })
})

const RUNS = [
  { name: 'sqlite', make: sqliteCtx, seeds: [1, 2, 3] },
  { name: 'pglite', make: pgliteCtx, seeds: [4] },
]

it.each(RUNS)(
  'nobody of the control group is pushed before the delay is over [$name]',
  async ({ make, seeds }) => {
    for (const seed of seeds) {
      const plain = await make()
      const ctx = withHoldout(plain, { share: 0.2 })
      const random = seededRandom(seed)
      const customers = await company(ctx, { reps: 4, each: 25 })
      const calendar = calendarFor(ctx.settings)
      const first = today(ctx)
      let pushes = 0
      let late = 0
      for (let day = first; day < first + 50; day++) {
        ctx.clock.advanceTo(calendar.instant(day, calendar.workStart))
        await night(ctx, customers, day, random)
        const plan = await morning(ctx, day)
        const arms = new Map((await armsOf(ctx)).map((one) => [one.customerId, one]))
        for (const item of plan.reps.flatMap(({ items }) => items)) {
          const arm = arms.get(item.customerId)
          pushes++
          if (item.tier === 'A') expect(arm).toBeUndefined()
          else expect(arm).toBeDefined()
          if (arm?.arm !== 'control') continue
          expect(day).toBeGreaterThanOrEqual(arm.day + 30)
          late++
        }
      }
      const arms = await armsOf(ctx)
      const share = arms.filter(({ arm }) => arm === 'control').length / arms.length
      expect(pushes).toBeGreaterThan(300)
      expect(late).toBeGreaterThan(0)
      expect(Math.abs(share - 0.2)).toBeLessThanOrEqual(0.05)
      await plain.close()
    }
  },
)
