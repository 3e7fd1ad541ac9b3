import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { proposeAskedJob, proposeScorerJob } from '../../src/jobs/propose-scorer.ts'
import { startScheduler } from '../../src/jobs/scheduler.ts'
import type { Card } from '../../src/model/card.ts'
import { readReport } from '../../src/model/go-live.ts'
import { learnCompany } from '../../src/scoring/propose/learn-company.ts'
import { askForProposal, proposalDue } from '../../src/scoring/propose/proposal-due.ts'
import { proposeScorer } from '../../src/scoring/propose/propose-scorer.ts'
import { LearnedParams } from '../../src/scoring/scorers/learned-params.ts'
import { activeVersion, latestVersions } from '../../src/store/scorer-versions.ts'
import { proposed, rulesStay } from '../support/go-live.ts'
import { activate, trainedParams } from '../support/live-version.ts'
import { addOrders, FIRST_DAY, inventCompany } from '../support/order-company.ts'
import { addMember } from '../support/people.ts'
import { describeEachDatabase, sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

const DAYS = 620
const AS_OF = FIRST_DAY + DAYS
const NOON = (AS_OF + 1) * 86_400_000 + 4.5 * 3_600_000
const HORIZON = 60
const SETTINGS = { scoring: { horizonDays: HORIZON } }
const never = new AbortController().signal

async function cards(ctx: TestCtx): Promise<Card[]> {
  const rows = await ctx.db
    .selectFrom('outbox')
    .select('card_json')
    .where('lane', '=', 'notice')
    .orderBy('seq')
    .execute()
  return rows.map((row) => JSON.parse(row.card_json))
}

describe('an evaluation of the scorers', () => {
  let ctx: TestCtx & { close(): Promise<void> }

  beforeEach(async () => {
    ctx = await sqliteCtx({ at: NOON, settings: SETTINGS })
    await addMember(ctx, { role: 'admin' })
  })
  afterEach(() => ctx.close())

  it('says what is missing in a company without orders, once, and looks again a week later', async () => {
    expect(await proposeScorerJob.run(ctx, NOON, never)).toEqual({ version: 1, proposed: 0 })
    const [card] = await cards(ctx)
    expect(card?.title).toContain('暂时继续用规则')
    expect(card?.facts?.join()).toContain('还没有任何订单')
    expect(await proposeScorerJob.run(ctx, NOON, never)).toEqual({ due: 0 })
    const week = 7 * 86_400_000
    expect(await proposeScorerJob.run(ctx, NOON + week, never)).toMatchObject({ proposed: 0 })
    expect(await cards(ctx)).toHaveLength(1)
  })

  it('says how many churns there are and how many are needed', async () => {
    await inventCompany(ctx, { customers: 100, lastDay: DAYS, leaving: 0.02 })
    await proposeScorerJob.run(ctx, NOON, never)
    const [version] = await latestVersions(ctx, 1)
    expect([version?.state, version?.asOf]).toEqual(['rules-stay', AS_OF])
    const report = readReport(version?.report ?? '')
    expect(report?.reason).toBe('too-few-churns')
    const [card] = await cards(ctx)
    expect(card?.facts?.join()).toContain(`只有 ${report?.why.churned} 家，至少要 50 家`)
  })

  it('proposes what beats the rules, changes nothing by itself, and once a slot', async () => {
    await inventCompany(ctx, { customers: 500, lastDay: DAYS })
    expect(await proposeScorerJob.run(ctx, NOON, never)).toEqual({ version: 1, proposed: 1 })
    expect(await proposeScorerJob.run(ctx, NOON, never)).toEqual({ due: 0 })
    const versions = await latestVersions(ctx, 9)
    expect(versions.map(({ state }) => state)).toEqual(['proposed'])
    expect(await activeVersion(ctx)).toBeNull()
    const params = LearnedParams.parse(JSON.parse(versions[0]?.params ?? ''))
    expect(params.kind).toBe(versions[0]?.kind)
    const report = readReport(versions[0]?.report ?? '')
    expect(report).toMatchObject({ reason: 'passed', chosen: params.kind, horizonDays: HORIZON })
    expect(report?.why.gain).toBeGreaterThan(0)
    expect(report?.look).toMatchObject({ asOf: AS_OF - HORIZON, version: null })
    expect(report?.look?.missed.worst.length).toBeGreaterThan(0)
    expect(report?.change?.customers).toBeGreaterThan(400)
    expect(report?.scorers.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['rules', 'recency', 'silent-90']),
    )
    const told = await cards(ctx)
    expect(told.map(({ title }) => title)).toEqual(['新评分模型通过回测，等你决定 · 版本 1'])
    expect(told[0]?.actions?.map(({ label }) => label)).toContain('采用')
  })

  it('looks back at the version in use only over days that it did not learn from', async () => {
    await inventCompany(ctx, { customers: 200, lastDay: DAYS })
    const id = await activate(ctx, AS_OF, await trainedParams(ctx, AS_OF))
    const learned = await learnCompany(ctx, { asOf: AS_OF, horizon: HORIZON })
    const lookAs = async (asOf: number) =>
      (await proposeScorer(ctx, { asOf, due: 'asked', learn: async () => learned })).report.look
    expect(await lookAs(AS_OF)).toMatchObject({ asOf: AS_OF - HORIZON, version: null })
    expect(await lookAs(AS_OF + HORIZON)).toMatchObject({ asOf: AS_OF, version: id })
  })

  it('stores and tells in one transaction', async () => {
    const onStored = () => Promise.reject(new Error('the outbox is full'))
    await expect(proposeScorer(ctx, { asOf: AS_OF, due: 'first', onStored })).rejects.toThrow('outbox')
    expect(await latestVersions(ctx, 9)).toEqual([])
    expect(await proposalDue(ctx, AS_OF)).toBe('first')
  })

  it('ends a question that cannot be answered, with a word to the administrators', async () => {
    await askForProposal(ctx)
    await ctx.db.schema.dropTable('learning_parts').execute()
    await expect(proposeAskedJob.run(ctx, NOON, never)).rejects.toThrow('learning_parts')
    expect((await cards(ctx)).map(({ title }) => title)).toEqual(['评分模型没有评估成'])
    expect(await proposeAskedJob.run(ctx, NOON + 60_000, never)).toEqual({ asked: 0 })
  })

  it('keeps the question of an evaluation that was only stopped', async () => {
    await inventCompany(ctx, { customers: 30, lastDay: DAYS })
    await askForProposal(ctx)
    await expect(proposeAskedJob.run(ctx, NOON, AbortSignal.abort())).rejects.toThrow()
    expect(await proposalDue(ctx, AS_OF)).toBe('asked')
  })

  it('goes on with what was trained when it was stopped, and ends with the same model', async () => {
    await inventCompany(ctx, { customers: 300, lastDay: DAYS })
    const parts = async () =>
      (await ctx.db.selectFrom('learning_parts').select('digest').execute()).map(({ digest }) => digest)
    const calm = await proposeScorer(ctx, { asOf: AS_OF, due: 'asked' })
    expect(await parts()).toEqual([])

    const stop = new AbortController()
    const progress = (done: number) => done > 0.5 && stop.abort()
    await expect(
      proposeScorer(ctx, { asOf: AS_OF, due: 'asked', signal: stop.signal, progress }),
    ).rejects.toThrow()
    const kept = await parts()
    expect(kept.length).toBeGreaterThan(0)

    const trained: string[] = []
    const again = await proposeScorer(ctx, {
      asOf: AS_OF,
      due: 'asked',
      learn: async (ctx, options) => {
        const learned = await learnCompany(ctx, options)
        trained.push(...(await parts()))
        return learned
      },
    })
    expect(trained).toEqual(expect.arrayContaining(kept))
    expect(again.report).toEqual(calm.report)
    expect(again.version.params).toBe(calm.version.params)
    expect(await parts()).toEqual([])
  })

  it('does not take up what was trained on other facts', async () => {
    const ids = await inventCompany(ctx, { customers: 300, lastDay: DAYS })
    const digests = async () => {
      const seen: string[] = []
      const learn: typeof learnCompany = async (ctx, options) => {
        const learned = await learnCompany(ctx, options)
        const rows = await ctx.db.selectFrom('learning_parts').select('digest').execute()
        seen.push(...rows.map(({ digest }) => digest))
        return learned
      }
      await proposeScorer(ctx, { asOf: AS_OF, due: 'asked', learn })
      return seen
    }
    const before = await digests()
    await addOrders(ctx, ids, [{ customer: 0, day: 50, amount: 9_999 }])
    const after = await digests()
    expect(before.length).toBeGreaterThan(0)
    expect(after.filter((digest) => before.includes(digest))).toEqual([])
  })
})

describeEachDatabase('when the scorers are evaluated', (ctxNow) => {
  beforeEach(async () => {
    await ctxNow().db.deleteFrom('scorer_versions').execute()
    await ctxNow().db.deleteFrom('state').execute()
  })

  it('at first, every quarter, weekly without history, and when asked', async () => {
    const ctx = ctxNow()
    expect(await proposalDue(ctx, AS_OF)).toBe('first')
    await rulesStay(ctx, { asOf: AS_OF, reason: 'short-history' })
    expect(await proposalDue(ctx, AS_OF + 6)).toBeNull()
    expect(await proposalDue(ctx, AS_OF + 7)).toBe('retry')
    await proposed(ctx, { asOf: AS_OF })
    expect(await proposalDue(ctx, AS_OF + 90)).toBeNull()
    expect(await proposalDue(ctx, AS_OF + 91)).toBe('quarter')
    expect(await askForProposal(ctx)).toBe(true)
    expect(await proposalDue(ctx, AS_OF)).toBe('asked')
  })

  it('two schedulers evaluate once; a question is answered within a minute', async () => {
    const ctx = ctxNow()
    const admin = await addMember(ctx, { role: 'admin' })
    await ctx.db.deleteFrom('job_runs').execute()
    await ctx.db.deleteFrom('events').execute()
    const jobs = [proposeScorerJob, proposeAskedJob]
    const here = (name: string, slot: number, signal: AbortSignal) => {
      const job = jobs.find((one) => one.name === name)
      return job ? job.run(ctx, slot, signal) : Promise.reject(new Error(name))
    }
    const schedulers = [startScheduler(ctx, jobs, here), startScheduler(ctx, jobs, here)]
    const minute = async () => {
      ctx.clock.advanceTo(ctx.clock.now() + 60_000)
      await Promise.all(schedulers.map((one) => one.tick()))
    }
    const versions = async () => (await latestVersions(ctx, 9)).length
    ctx.clock.advanceTo(ctx.clock.now() + 4 * 3_600_000)
    await minute()
    await expect.poll(versions).toBe(1)
    await minute()
    await askForProposal(ctx)
    await expect
      .poll(async () => {
        await minute()
        return versions()
      })
      .toBe(2)
    await Promise.all(schedulers.map((one) => one.stop()))
    expect(await versions()).toBe(2)
    const told = await ctx.db.selectFrom('outbox').select('id').where('id', 'like', 'go-live:%').execute()
    expect(told).toHaveLength(2)
    expect(admin.role).toBe('admin')
  })
})
