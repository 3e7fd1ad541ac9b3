import { beforeEach, expect, it } from 'vitest'
import { calendarFor } from '../../src/calendar.ts'
import { deadLettersJob } from '../../src/jobs/dead-letters.ts'
import { digest } from '../../src/jobs/digest.ts'
import { eventsLane } from '../../src/jobs/events-lane.ts'
import { housekeeping } from '../../src/jobs/housekeeping.ts'
import type { Job } from '../../src/jobs/job.ts'
import { startScheduler } from '../../src/jobs/scheduler.ts'
import type { Member } from '../../src/model/member.ts'
import { keepPart } from '../../src/store/learning-parts.ts'
import { deleteState, setState } from '../../src/store/state.ts'
import { addCustomer, addEvent, addMember, addScoreRun, putScore } from '../support/people.ts'
import { describeEachDatabase, MONDAY_9AM } from '../support/test-ctx.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const never = new AbortController().signal
const noWorker = async (): Promise<never> => {
  throw new Error('no worker in this test')
}

describeEachDatabase('a morning', (ctx) => {
  let admin: Member
  let rep: Member
  let customer: number
  let monday = MONDAY_9AM

  const today = () => calendarFor(ctx().settings).dayOf(ctx().clock.now())
  const goTo = (at: number): void => ctx().clock.advanceTo(at)
  const run = (job: Job, slot = monday) => job.run(ctx(), slot, never)
  const catchUp = async (...jobs: Job[]): Promise<void> => {
    const scheduler = startScheduler(ctx(), jobs, noWorker)
    await scheduler.runDue()
    await scheduler.stop()
  }

  /** Messages of this test: id, lane and title. */
  async function messages(): Promise<string[]> {
    const rows = await ctx()
      .db.selectFrom('outbox')
      .select(['id', 'lane', 'card_json'])
      .orderBy('seq')
      .execute()
    return rows.map((row) => `${row.lane}: ${JSON.parse(row.card_json).title}`)
  }

  beforeEach(async () => {
    const { db } = ctx()
    for (const table of [
      'outbox',
      'case_log',
      'customer_plays',
      'cases',
      'scores',
      'import_runs',
      'events',
      'job_runs',
      'state',
    ] as const)
      await db.deleteFrom(table).execute()
    await db.deleteFrom('identities').execute()
    monday += 28 * DAY
    goTo(monday - HOUR)
    admin = await addMember(ctx(), { role: 'admin', name: '王总' })
    rep = await addMember(ctx(), { name: '李娜' })
    customer = await addCustomer(ctx(), { name: '张三制造', ownerId: rep.id })
    const run_id = await addScoreRun(ctx(), today() - 1)
    await putScore(ctx(), { customer_id: customer, run_id, as_of: today() - 1, risk: 0.9, band: 'high' })
  })

  /** A finished load of events whose newest fact is `latestAt`. */
  async function load(latestAt: number): Promise<void> {
    await ctx()
      .db.insertInto('import_runs')
      .values({
        source: 'crm',
        entity: 'events',
        file: 'orders.csv',
        file_digest: null,
        state: 'done',
        started_at: latestAt,
        finished_at: latestAt,
        alive_at: latestAt,
        read: 10,
        added: 10,
        changed: 0,
        unchanged: 0,
        rejected: 0,
        latest_at: latestAt,
      })
      .execute()
  }

  it('brings one digest to the rep at 09:00', async () => {
    goTo(monday)
    expect(await run(digest)).toMatchObject({ digests: 1, customers: 1 })
    expect(await run(digest)).toMatchObject({ digests: 0 })
    expect(await messages()).toEqual([expect.stringMatching(/^digest: .*李娜/)])
  })

  it('down from 08:50 to 09:20: the digest goes out once, at 09:20', async () => {
    goTo(monday + 20 * MINUTE)
    await catchUp(digest)
    await catchUp(digest)
    expect(await messages()).toHaveLength(1)
  })

  it('down over days: only today counts; after work nothing is sent late', async () => {
    goTo(monday)
    await catchUp(digest)
    await ctx().db.deleteFrom('outbox').execute()
    goTo(monday + 9 * DAY + HOUR)
    await addScoreRun(ctx(), today() - 1)
    await catchUp(digest)
    const rows = await ctx().db.selectFrom('outbox').select('id').execute()
    expect(rows).toEqual([{ id: `digest:${rep.id}:${today()}` }])
    goTo(monday + 10 * DAY + 10 * HOUR)
    expect(await run(digest, monday + 10 * DAY)).toEqual({ late: 1 })
  })

  it('rests on Saturdays', async () => {
    goTo(monday + 5 * DAY)
    expect(await run(digest, monday + 5 * DAY)).toEqual({ offDay: 1 })
  })

  it('rests while the administrator paused it', async () => {
    goTo(monday)
    await setState(ctx(), 'push.paused', '1')
    expect(await run(digest)).toEqual({ paused: 1 })
    expect(await run(eventsLane)).toEqual({ paused: 1 })
    await deleteState(ctx(), 'push.paused')
    expect(await run(digest)).toMatchObject({ digests: 1 })
  })

  it('says 数据停更 to the administrator once and resumes by itself; complaints still go out', async () => {
    for (const days of [11, 10, 6, 5]) await load(monday - days * DAY)
    goTo(monday)
    expect(await run(digest)).toMatchObject({ stale: 1, told: 1 })
    expect(await run(digest)).toMatchObject({ stale: 1, told: 0 })
    expect(await messages()).toEqual(['notice: 数据停更，今日暂停推送'])
    const angry = await addCustomer(ctx(), { ownerId: rep.id })
    await addEvent(ctx(), { customer_id: angry, kind: 'complaint', at: monday - HOUR, day: today() })
    expect(await run(eventsLane)).toMatchObject({ cards: 1 })
    await load(monday - HOUR)
    expect(await run(digest)).toMatchObject({ digests: 1 })
  })

  it('does not push from old scores: one night is bridged, then the administrator hears of it', async () => {
    goTo(monday + DAY)
    expect(await run(digest, monday + DAY)).toMatchObject({ digests: 1 })
    goTo(monday + 2 * DAY)
    expect(await run(digest, monday + 2 * DAY)).toEqual({ oldScores: 1, told: 1 })
    expect(await run(digest, monday + 2 * DAY)).toEqual({ oldScores: 1, told: 0 })
    expect(await messages()).toEqual([expect.stringMatching(/^digest/), 'notice: 评分未更新，今日暂停推送'])
    await addScoreRun(ctx(), today() - 1)
    expect(await run(digest, monday + 2 * DAY)).not.toHaveProperty('oldScores')
  })

  it('tells the administrator of customers nobody looks after, and of reps who cannot be reached', async () => {
    const [orphan, lost] = [
      await addCustomer(ctx(), { name: '无主' }),
      await addMember(ctx(), { platform: null }),
    ]
    const reached = await addCustomer(ctx(), { name: '够不着', ownerId: lost.id })
    const run_id = await addScoreRun(ctx(), today() - 1)
    for (const customer_id of [orphan, reached])
      await putScore(ctx(), { customer_id, run_id, as_of: today() - 1, risk: 0.9, band: 'high' })
    goTo(monday)
    expect(await run(digest)).toMatchObject({ digests: 1, 'no-owner': 1, unreachable: 1 })
    expect(await messages()).toEqual([
      expect.stringMatching(/^digest/),
      'notice: 1 家风险客户没人可通知',
      'notice: 1 位销售收不到推送',
    ])
    expect(admin.role).toBe('admin')
  })

  it('tells the same day whom nothing reaches: a line a rep, each once a day', async () => {
    goTo(monday)
    await run(digest)
    const [digestRow] = await ctx().db.selectFrom('outbox').selectAll().execute()
    if (!digestRow) throw new Error('no digest')
    const dieAt = async (sent_at: number): Promise<void> => {
      const row = { ...digestRow, id: `dead-${sent_at}`, state: 'dead', error: 'no such person' } as const
      await ctx()
        .db.insertInto('outbox')
        .values({ ...row, sent_at, created_at: monday - 3 * DAY })
        .execute()
    }
    const lookAt = async (at: number) => {
      goTo(at)
      return run(deadLettersJob, at)
    }
    await dieAt(monday)
    expect(await lookAt(monday)).toEqual({ dead: 1, told: 1 })
    const notices = await ctx()
      .db.selectFrom('outbox')
      .select('card_json')
      .where('lane', '=', 'notice')
      .execute()
    expect(notices.map((one) => JSON.parse(one.card_json).facts)).toEqual([
      [expect.stringMatching(/^李娜（.*no such person$/)],
    ])
    expect(await lookAt(monday + 600_000)).toEqual({ dead: 0, told: 0 })
    await dieAt(monday + 900_000)
    expect(await lookAt(monday + 1_200_000)).toEqual({ dead: 1, told: 0 })
    await dieAt(monday + DAY)
    expect(await lookAt(monday + DAY)).toEqual({ dead: 1, told: 1 })
  })

  it('every night: old rows are forgotten', async () => {
    goTo(monday)
    await run(digest)
    await ctx().db.updateTable('outbox').set({ state: 'sent', sent_at: monday }).execute()
    await keepPart(ctx(), 'of a killed training', '{}')
    expect(await run(housekeeping, monday)).toMatchObject({ outbox: 0, learning: 0 })
    goTo(ctx().clock.now() + 181 * DAY)
    monday += 182 * DAY
    expect(await run(housekeeping, monday)).toMatchObject({ outbox: 1, learning: 1 })
  })
})
