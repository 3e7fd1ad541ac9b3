import { describe, expect, it } from 'vitest'
import { UNSCOPED } from '../../src/access.ts'
import { inTransaction } from '../../src/context.ts'
import { type Alert, type ExperimentPlan, HOLDOUT } from '../../src/model/experiment.ts'
import { holdBack as holdBackFrom } from '../../src/retention/hold-back.ts'
import { measureEffect } from '../../src/retention/measure-effect.ts'
import { pastOutcomes } from '../../src/retention/past-outcomes.ts'
import { addAssignments, assignmentsIn, placesTaken } from '../../src/store/assignments.ts'
import { insertCase } from '../../src/store/cases.ts'
import {
  endExperiment,
  latestExperiment,
  runningExperiment,
  startExperiment,
} from '../../src/store/experiments.ts'
import { addCustomer, addEvent, addMember, addTeam } from '../support/people.ts'
import { describeEachDatabase, sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

const PLAN: ExperimentPlan = {
  name: HOLDOUT,
  seed: 11,
  share: 0.2,
  excludeTop: true,
  delayDays: 30,
  windowDays: 30,
  baseline: 0.2,
  minEffect: 0.5,
  power: 0.8,
}
const DAY = 20_000
const SEND = { dryRun: false }

/** Of these alerts those that are held back; the settings are those of the running experiment. */
async function holdBack(ctx: TestCtx, day: number, alerts: readonly Alert[], options: { dryRun: boolean }) {
  const { share = 0, minEffect = 0.1 } = (await runningExperiment(ctx, HOLDOUT)) ?? {}
  const holdout = { ...ctx.settings.retention.holdout, share, minEffect }
  const settings = { ...ctx.settings, retention: { ...ctx.settings.retention, holdout } }
  const held = await holdBackFrom({ ...ctx, settings }, day, () => alerts, options)
  return new Set(alerts.map(({ customerId }) => customerId).filter((id) => held.has(id)))
}

/** Ends what ran before, so that every test starts its own. */
async function started(ctx: TestCtx, more: Partial<ExperimentPlan> = {}) {
  const running = await runningExperiment(ctx, HOLDOUT)
  if (running) await endExperiment(ctx, running.id)
  return await startExperiment(ctx, { ...PLAN, ...more }, null)
}

async function alertsOf(ctx: TestCtx, count: number, more: Partial<Alert> = {}): Promise<Alert[]> {
  const alerts: Alert[] = []
  for (let i = 0; i < count; i++) {
    alerts.push({ customerId: await addCustomer(ctx), day: DAY, tier: 'B', teamId: null, ...more })
  }
  return alerts
}

function later(alerts: readonly Alert[], days: number): Alert[] {
  return alerts.map((one) => ({ ...one, day: one.day + days }))
}

async function order(ctx: TestCtx, customerId: number, day: number, amount: number): Promise<void> {
  await addEvent(ctx, { customer_id: customerId, kind: 'order', at: day * 86_400_000, day, amount })
}

describeEachDatabase('experiments', (ctx) => {
  it('runs one of a name at a time and keeps what was laid down', async () => {
    const one = await started(ctx())
    expect(await runningExperiment(ctx(), HOLDOUT)).toEqual(one)
    await expect(startExperiment(ctx(), PLAN, null)).rejects.toMatchObject({ code: 'conflict' })
    expect(await startExperiment(ctx(), { ...PLAN, name: 'script:price' }, null)).toMatchObject({
      name: 'script:price',
    })
    expect(await endExperiment(ctx(), one.id)).toBe(true)
    expect(await endExperiment(ctx(), one.id)).toBe(false)
    expect(await runningExperiment(ctx(), HOLDOUT)).toBeNull()
    expect(await latestExperiment(ctx(), HOLDOUT)).toMatchObject({ ...PLAN, endedAt: ctx().clock.now() })
    const two = await startExperiment(ctx(), { ...PLAN, seed: 12 }, null)
    expect((await latestExperiment(ctx(), HOLDOUT))?.id).toBe(two.id)
  })

  it('holds nobody back while none runs', async () => {
    const running = await started(ctx())
    await endExperiment(ctx(), running.id)
    expect(await holdBack(ctx(), DAY, await alertsOf(ctx(), 30), SEND)).toEqual(new Set())
  })

  it('holds back its share, the same customers until the delay is over, and assigns each once', async () => {
    const experiment = await started(ctx())
    const alerts = await alertsOf(ctx(), 50)
    const held = await holdBack(ctx(), DAY, alerts, SEND)
    expect(held.size).toBe(10)
    expect(await holdBack(ctx(), DAY, alerts, SEND)).toEqual(held)
    expect(await holdBack(ctx(), DAY + 29, later(alerts, 29), SEND)).toEqual(held)
    expect(await holdBack(ctx(), DAY + 30, later(alerts, 30), SEND)).toEqual(new Set())
    expect(await holdBack(ctx(), DAY + 90, later(alerts, 90), SEND)).toEqual(new Set())
    const assigned = await assignmentsIn(ctx(), UNSCOPED, experiment.id)
    expect(assigned).toHaveLength(50)
    expect(
      assigned
        .filter(({ arm }) => arm === 'control')
        .map(({ customerId }) => customerId)
        .sort(),
    ).toEqual([...held].sort())
    expect(await placesTaken(ctx(), experiment.id)).toEqual(new Map([['B/-', 50]]))
  })

  it('draws a new arm for a new episode', async () => {
    const experiment = await started(ctx())
    const alerts = await alertsOf(ctx(), 20)
    await holdBack(ctx(), DAY, alerts, SEND)
    await holdBack(ctx(), DAY + 91, later(alerts, 91), SEND)
    expect(await assignmentsIn(ctx(), UNSCOPED, experiment.id)).toHaveLength(40)
  })

  it('pushes tier A always, and does not count it', async () => {
    const experiment = await started(ctx())
    expect(await holdBack(ctx(), DAY, await alertsOf(ctx(), 30, { tier: 'A' }), SEND)).toEqual(new Set())
    expect(await assignmentsIn(ctx(), UNSCOPED, experiment.id)).toEqual([])
  })

  it('a dry run tells what would be held back and writes nothing', async () => {
    const experiment = await started(ctx())
    const alerts = await alertsOf(ctx(), 40)
    const told = await holdBack(ctx(), DAY, alerts, { dryRun: true })
    expect(await assignmentsIn(ctx(), UNSCOPED, experiment.id)).toEqual([])
    expect(await holdBack(ctx(), DAY, alerts, SEND)).toEqual(told)
  })

  it('keeps an episode in the experiment it began in when the share is changed', async () => {
    await started(ctx(), { share: 0.5 })
    const alerts = await alertsOf(ctx(), 20)
    const held = await holdBack(ctx(), DAY, alerts, SEND)
    expect(held.size).toBe(10)
    const next = await started(ctx(), { share: 0.1, seed: 99 })
    expect(await holdBack(ctx(), DAY + 1, later(alerts, 1), SEND)).toEqual(held)
    expect(await assignmentsIn(ctx(), UNSCOPED, next.id)).toEqual([])
  })

  it('gives no place away twice, and then writes nothing at all', async () => {
    const experiment = await started(ctx())
    const [one, two] = await alertsOf(ctx(), 2)
    if (!one || !two) throw new Error('no alerts')
    const first = { customerId: one.customerId, day: DAY, stratum: 'B/-', place: 0, arm: 'control' } as const
    await addAssignments(ctx(), experiment.id, [first])
    const both = [
      { ...first, customerId: two.customerId, place: 1 },
      { ...first, day: DAY + 1 },
    ]
    const writing = inTransaction(ctx(), (ctx) => addAssignments(ctx, experiment.id, both))
    await expect(writing).rejects.toMatchObject({ code: 'bug' })
    expect(await assignmentsIn(ctx(), UNSCOPED, experiment.id)).toEqual([first])
  })

  it('two at once hold back the same customers and assign each once', async () => {
    const experiment = await started(ctx())
    const alerts = await alertsOf(ctx(), 30)
    const [a, b] = await Promise.all([
      holdBack(ctx(), DAY, alerts, SEND),
      holdBack(ctx(), DAY, alerts.toReversed(), SEND),
    ])
    expect(a).toEqual(b)
    expect(await assignmentsIn(ctx(), UNSCOPED, experiment.id)).toHaveLength(30)
  })
})

describeEachDatabase('the measured effect', (ctx) => {
  it('comes from orders after the alert, by the arm assigned, once the window is over', async () => {
    const experiment = await started(ctx())
    const alerts = await alertsOf(ctx(), 120)
    const held = await holdBack(ctx(), DAY, alerts, SEND)
    for (const [i, { customerId }] of alerts.entries()) {
      // Pushing keeps nine in ten; without it one in five stays. An order before the alert counts for nobody.
      const stays = held.has(customerId) ? i % 5 === 0 : i % 10 > 0
      await order(ctx(), customerId, DAY - 3, 900_00)
      if (stays) await order(ctx(), customerId, DAY + 20, 100_00)
    }
    const early = await measureEffect(ctx(), UNSCOPED, experiment, DAY + 29)
    expect(early).toMatchObject({
      waiting: 120,
      effect: { state: 'too-few', have: { treated: 0, control: 0 } },
    })
    const { effect, waiting } = await measureEffect(ctx(), UNSCOPED, experiment, DAY + 30)
    expect(waiting).toBe(0)
    expect(effect.have).toEqual({ treated: 96, control: 24 })
    if (effect.state !== 'known') throw new Error(effect.state)
    expect(effect.verdict).toBe('better')
    expect(effect.rates.difference.low).toBeGreaterThan(0.3)
    expect(effect.revenue?.cap).toBe(100_00)
    expect(effect.revenue?.difference.estimate).toBeCloseTo(effect.rates.difference.estimate * 100_00, 6)
  })

  it('stays within what the reader may see', async () => {
    const experiment = await started(ctx(), { seed: 3 })
    const teamId = await addTeam(ctx())
    const rep = await addMember(ctx(), { teamId })
    const mine = await addCustomer(ctx(), { ownerId: rep.id })
    const other = await addCustomer(ctx())
    const alerts = [mine, other].map((customerId): Alert => ({ customerId, day: DAY, tier: 'C', teamId }))
    await holdBack(ctx(), DAY, alerts, SEND)
    const count = async (scope: Parameters<typeof measureEffect>[1]) => {
      const { have } = (await measureEffect(ctx(), scope, experiment, DAY + 400)).effect
      return have.treated + have.control
    }
    expect(await count({ kind: 'team', teamId })).toBe(1)
    expect(await count({ kind: 'own', memberId: rep.id })).toBe(1)
    expect(await count({ kind: 'none' })).toBe(0)
    expect(await count(UNSCOPED)).toBe(2)
  })
})

describeEachDatabase('what became of pushed customers', (ctx) => {
  async function pushed(ownerId: number, day: number, lane: 'digest' | 'event' = 'digest'): Promise<number> {
    const customerId = await addCustomer(ctx(), { ownerId })
    const at = day * 86_400_000
    const seed = { customerId, ownerId, lane, causes: [], scoreRunId: null, risk: 0.7, band: 'high' } as const
    await insertCase(ctx(), { ...seed, dueAt: at, on: day, why: [], eventId: null })
    return customerId
  }

  it('is counted by window, for whose window is over, of the risks alone', async () => {
    const rep = await addMember(ctx())
    const fast = await pushed(rep.id, DAY)
    const slow = await pushed(rep.id, DAY)
    await pushed(rep.id, DAY + 50)
    await pushed(rep.id, DAY - 1)
    await order(ctx(), await pushed(rep.id, DAY, 'event'), DAY + 2, 1)
    await order(ctx(), fast, DAY + 30, 1)
    await order(ctx(), slow, DAY + 31, 1)
    const scope = { kind: 'own', memberId: rep.id } as const
    expect(await pastOutcomes(ctx(), scope, { since: DAY, until: DAY + 50, asOf: DAY + 80 })).toEqual([
      { days: 30, known: 3, kept: 1, unknown: 0 },
      { days: 60, known: 2, kept: 2, unknown: 1 },
      { days: 90, known: 0, kept: 0, unknown: 3 },
    ])
    expect(
      (await pastOutcomes(ctx(), { kind: 'none' }, { since: DAY, until: DAY + 50, asOf: DAY + 80 }))[0]
        ?.known,
    ).toBe(0)
  })
})

describe('the same company twice', () => {
  it('is assigned the same', async () => {
    const arms = async () => {
      const ctx = await sqliteCtx()
      const experiment = await started(ctx)
      const all = await alertsOf(ctx, 40)
      for (const day of [0, 1, 2, 3]) {
        const today = all.slice(day * 10, day * 10 + 10).map((one) => ({ ...one, day: DAY + day }))
        await holdBack(ctx, DAY + day, today, SEND)
      }
      const found = await assignmentsIn(ctx, UNSCOPED, experiment.id)
      await ctx.close()
      return found
    }
    expect(await arms()).toEqual(await arms())
  })
})
