import { beforeEach, expect, it } from 'vitest'
import { UNSCOPED } from '../../src/access.ts'
import type { Ctx } from '../../src/context.ts'
import { isoFromDay } from '../../src/model/day.ts'
import { explainCustomer } from '../../src/scoring/explain-one.ts'
import { scoreCustomers } from '../../src/scoring/score-customers.ts'
import { latestRun, scoreChangesSince, scoreOf, scoresIn } from '../../src/store/scores.ts'
import { day } from '../support/facts.ts'
import { addCustomer, addMember, addScoreRun, addTeam, putScore } from '../support/people.ts'
import { describeEachDatabase } from '../support/test-ctx.ts'

const AS_OF = day('2026-06-10')
/** More than one page, so that a run can be interrupted between pages. */
const MANY = 1200

describeEachDatabase('scoring runs', (current) => {
  let ctx: Ctx
  let keys = 0

  beforeEach(async () => {
    ctx = current()
    for (const table of [
      'score_changes',
      'scores',
      'score_runs',
      'surveys',
      'events',
      'customers',
    ] as const) {
      await ctx.db.deleteFrom(table).execute()
    }
  })

  async function addEvents(customerId: number, kind: string, ages: readonly number[], amount = 100_000) {
    const rows = ages.map((ago) => ({
      source: 'test',
      source_key: `e${++keys}`,
      customer_id: customerId,
      kind,
      at: (AS_OF - ago) * 86_400_000,
      day: AS_OF - ago,
      amount,
      quantity: null,
      channel: null,
      text: null,
      note: null,
    }))
    await ctx.db.insertInto('events').values(rows).execute()
  }

  const everyDays = (gap: number, n: number, last: number) =>
    Array.from({ length: n }, (_, i) => last + i * gap)

  /** Regulars of different rhythm, silent for different times. */
  async function addRegulars(n: number): Promise<number[]> {
    const ids: number[] = []
    for (let i = 0; i < n; i++) {
      const id = await addCustomer(ctx, { name: `客户${i}` })
      ids.push(id)
      const gap = 7 + (i % 5) * 9
      await addEvents(id, 'order', everyDays(gap, 3 + (i % 7), (i * 13) % 120), 1000 * (1 + ((i * 37) % 90)))
    }
    return ids
  }

  async function table() {
    return ctx.db
      .selectFrom('scores')
      .innerJoin('customers', 'customers.id', 'scores.customer_id')
      .selectAll('scores')
      .select('customers.name as name')
      .orderBy('customers.name')
      .execute()
  }

  const withoutRun = (rows: Awaited<ReturnType<typeof table>>) =>
    rows.map(({ run_id: _run, customer_id: _id, ...rest }) => rest)

  it('scores, counts and explains', async () => {
    const regular = await addCustomer(ctx, { name: '老客户' })
    await addEvents(regular, 'order', everyDays(10, 12, 3))
    const silent = await addCustomer(ctx, { name: '沉默客户' })
    await addEvents(silent, 'order', everyDays(10, 12, 60))
    const fresh = await addCustomer(ctx, { name: '新客户' })
    await addEvents(fresh, 'order', [5])
    const listed = await addCustomer(ctx, { name: '名单客户' })

    const report = await scoreCustomers(ctx, { asOf: AS_OF })
    expect(report).toMatchObject({ asOf: '2026-06-10', customers: 4, scored: 2, insufficient: 2 })
    expect(Object.values(report.bands).reduce((a, b) => a + b)).toBe(4)
    expect(Object.values(report.stages).reduce((a, b) => a + b)).toBe(4)
    expect(Object.values(report.tiers).reduce((a, b) => a + b)).toBe(4)
    expect(await scoreOf(ctx, UNSCOPED, regular)).toMatchObject({
      band: 'none',
      churned: false,
      evidence: [],
    })
    expect(await scoreOf(ctx, UNSCOPED, fresh)).toMatchObject({
      risk: null,
      rfm: null,
      rfmSegment: 'unknown',
    })
    expect(await scoreOf(ctx, UNSCOPED, listed)).toMatchObject({
      risk: null,
      tier: 'unknown',
      stage: 'awareness',
    })

    const stored = await scoreOf(ctx, UNSCOPED, silent)
    const explained = await explainCustomer(ctx, UNSCOPED, silent, AS_OF)
    expect(stored).toMatchObject({ band: 'urgent' })
    expect(explained?.score).toMatchObject({
      risk: stored?.risk,
      band: stored?.band,
      tier: stored?.tier,
      stage: stored?.stage,
      rfm: stored?.rfm,
      points: stored?.points,
    })
    expect(explained?.evidence[0]).toMatchObject({ signal: 'overdue' })
    expect(explained?.raw).toEqual({
      daysSinceOrder: 60,
      orderDays: 12,
      revenue12m: 1_200_000,
      revenueTotal: 1_200_000,
    })
    expect(await latestRun(ctx)).toMatchObject({ id: report.run, asOf: AS_OF, state: 'done', customers: 4 })
  })

  it('rows after as-of change nothing: scores and features stay the same to the last bit', async () => {
    const ids = await addRegulars(40)
    await scoreCustomers(ctx, { asOf: AS_OF })
    const before = withoutRun(await table())
    const explainedBefore = await Promise.all(ids.map((id) => explainCustomer(ctx, UNSCOPED, id, AS_OF)))

    for (const id of ids) {
      await addEvents(id, 'order', [-1, -20, -90], 9_000_000)
      await addEvents(id, 'complaint', [-2])
      await addEvents(id, 'login', [-3])
    }
    const later = await addCustomer(ctx, { name: '后来的客户' })
    await addEvents(later, 'order', [-5, -6])
    await ctx.db.deleteFrom('scores').execute()
    await ctx.db.deleteFrom('score_changes').execute()
    await ctx.db.deleteFrom('score_runs').execute()
    const report = await scoreCustomers(ctx, { asOf: AS_OF })
    expect(report.customers).toBe(40)
    expect(withoutRun(await table())).toEqual(before)
    const explainedAfter = await Promise.all(ids.map((id) => explainCustomer(ctx, UNSCOPED, id, AS_OF)))
    expect(explainedAfter.map((one) => one?.features)).toEqual(explainedBefore.map((one) => one?.features))
  })

  it('a second run of the same day changes nothing and writes no history', async () => {
    await addRegulars(30)
    await scoreCustomers(ctx, { asOf: AS_OF })
    const before = withoutRun(await table())
    const history = await scoreChangesSince(ctx, UNSCOPED, AS_OF)
    await scoreCustomers(ctx, { asOf: AS_OF })
    expect(withoutRun(await table())).toEqual(before)
    expect(await scoreChangesSince(ctx, UNSCOPED, AS_OF)).toEqual(history)
  })

  it('keeps the history of bands and stages, each change once', async () => {
    const id = await addCustomer(ctx, { name: '渐行渐远' })
    await addEvents(id, 'order', everyDays(20, 12, 75))
    for (let ago = 75; ago >= 0; ago -= 5) await scoreCustomers(ctx, { asOf: AS_OF - ago })
    const history = await scoreChangesSince(ctx, UNSCOPED, AS_OF - 100, id)
    const bands = history.filter((one) => one.field === 'band').map((one) => one.after)
    expect(bands).toEqual(['medium', 'high', 'urgent'])
    const score = await scoreOf(ctx, UNSCOPED, id)
    const entered = history.filter((one) => one.field === 'band').at(-1)
    expect(score?.bandSince).toBe(entered?.asOf)
    expect(score?.stageSince).toBe(AS_OF - 75)
  })

  it('an earlier as-of knows nothing of a later score', async () => {
    const id = await addCustomer(ctx, { name: '回放' })
    await addEvents(id, 'order', everyDays(20, 12, 40))
    await scoreCustomers(ctx, { asOf: AS_OF - 20 })
    const first = withoutRun(await table())
    await scoreCustomers(ctx, { asOf: AS_OF })
    await scoreCustomers(ctx, { asOf: AS_OF - 20 })
    expect(withoutRun(await table())).toEqual(first)
    const later = await scoreOf(ctx, UNSCOPED, id)
    expect(isoFromDay(later?.asOf ?? 0)).toBe('2026-05-21')
  })

  it('orders by what is at stake and keeps to the scope', async () => {
    const teamId = await addTeam(ctx)
    const rep = await addMember(ctx, { teamId })
    const mine = await addCustomer(ctx, { name: '甲', ownerId: rep.id })
    const other = await addCustomer(ctx, { name: '乙' })
    await addEvents(mine, 'order', everyDays(10, 12, 60), 100)
    await addEvents(other, 'order', everyDays(10, 12, 60), 900)
    await scoreCustomers(ctx, { asOf: AS_OF })
    const all = await scoresIn(ctx, UNSCOPED, { minBand: 'medium' })
    expect(all.map((one) => one.customerName)).toEqual(['乙', '甲'])
    const own = { kind: 'own', memberId: rep.id } as const
    expect((await scoresIn(ctx, own)).map((one) => one.customerName)).toEqual(['甲'])
    expect((await scoresIn(ctx, { kind: 'team', teamId })).map((one) => one.customerName)).toEqual(['甲'])
    expect(await scoreOf(ctx, own, other)).toBeNull()
    expect(await explainCustomer(ctx, own, other, AS_OF)).toBeNull()
    expect(await scoresIn(ctx, { kind: 'none' })).toEqual([])
  })

  it('an interrupted run goes on where it was and ends like an undisturbed one', async () => {
    const rows = Array.from({ length: MANY }, (_, i) => ({
      source: 'test',
      source_key: `many${i}`,
      name: `批量${i}`,
      short_name: null,
      owner_id: null,
      segment: 'default',
      region: null,
      industry: null,
      phone: null,
      since_on: null,
      renewal_on: null,
      tags: null,
    }))
    await ctx.db.insertInto('customers').values(rows).execute()
    const ids = await ctx.db.selectFrom('customers').select('id').orderBy('id').execute()
    const events = ids.flatMap(({ id }, i) =>
      [0, 1, 2, 3].map((k) => ({
        source: 'test',
        source_key: `many${i}-${k}`,
        customer_id: id,
        kind: 'order',
        at: 0,
        day: AS_OF - ((i * 7) % 90) - k * (5 + (i % 30)),
        amount: 100 * (1 + (i % 50)),
      })),
    )
    for (let i = 0; i < events.length; i += 1000) {
      await ctx.db
        .insertInto('events')
        .values(events.slice(i, i + 1000))
        .execute()
    }
    const whole = await scoreCustomers(ctx, { asOf: AS_OF })
    const expected = withoutRun(await table())
    const history = await ctx.db.selectFrom('score_changes').select('customer_id').execute()
    await ctx.db.deleteFrom('scores').execute()
    await ctx.db.deleteFrom('score_changes').execute()

    const stop = new AbortController()
    const stopped = scoreCustomers(ctx, {
      asOf: AS_OF,
      signal: stop.signal,
      pause: async () => stop.abort(),
    })
    await expect(stopped).rejects.toMatchObject({ code: 'busy' })
    const done = (await table()).length
    expect(done).toBeGreaterThan(0)
    expect(done).toBeLessThan(MANY)

    const resumed = await scoreCustomers(ctx, { asOf: AS_OF })
    expect(resumed.run).toBe(whole.run + 1)
    expect({ ...resumed, run: 0, seconds: 0, peakRssMb: 0 }).toEqual({
      ...whole,
      run: 0,
      seconds: 0,
      peakRssMb: 0,
    })
    expect(withoutRun(await table())).toEqual(expected)
    const resumedHistory = await ctx.db.selectFrom('score_changes').select('customer_id').execute()
    expect(resumedHistory.length).toBe(history.length)
  })

  it('a run that another one replaced writes nothing more', async () => {
    await addRegulars(510)
    let other: Promise<unknown> | null = null
    const slow = scoreCustomers(ctx, {
      asOf: AS_OF,
      pause: async () => {
        other ??= scoreCustomers(ctx, { asOf: AS_OF - 1 })
        await other
      },
    })
    await expect(slow).rejects.toMatchObject({ code: 'conflict' })
    const newest = await latestRun(ctx)
    expect(newest).toMatchObject({ asOf: AS_OF - 1, customers: 510 })
    expect(new Set((await table()).map((row) => row.run_id))).toEqual(new Set([newest?.id]))
    const states = await ctx.db.selectFrom('score_runs').select('state').orderBy('id').execute()
    expect(states.map((row) => row.state)).toEqual(['failed', 'done'])
  })

  it('orders what is worth nothing by risk, whichever way a scorer counts its points', async () => {
    const run_id = await addScoreRun(ctx, AS_OF)
    const scores = [
      { risk: 0.4, points: 90 },
      { risk: null, points: 0 },
      { risk: 0.9, points: -100 },
    ]
    for (const score of scores) {
      const customer_id = await addCustomer(ctx)
      await putScore(ctx, { customer_id, run_id, as_of: AS_OF, band: 'medium', value_12m: 0, ...score })
    }
    expect((await scoresIn(ctx, UNSCOPED)).map((one) => one.risk)).toEqual([0.9, 0.4, null])
  })

  it('does not resume a run of other facts', async () => {
    const [first = 0] = await addRegulars(3)
    const stop = new AbortController()
    stop.abort()
    await expect(scoreCustomers(ctx, { asOf: AS_OF, signal: stop.signal })).rejects.toThrow()
    const interrupted = await ctx.db.selectFrom('score_runs').select('id').execute()
    await addEvents(first, 'order', [1])
    const report = await scoreCustomers(ctx, { asOf: AS_OF })
    expect(interrupted.map((row) => Number(row.id))).not.toContain(report.run)
  })
})
