import { beforeAll, describe, expect, it } from 'vitest'
import { UNSCOPED } from '../../src/access.ts'
import type { Ctx } from '../../src/context.ts'
import { forecastCustomer } from '../../src/scoring/customer-outlook.ts'
import { explainCustomer } from '../../src/scoring/explain-one.ts'
import { scoreCustomers } from '../../src/scoring/score-customers.ts'
import type { LearnedParams } from '../../src/scoring/scorers/learned-params.ts'
import { retireActive } from '../../src/store/scorer-versions.ts'
import { type ScoreInList, scoresIn } from '../../src/store/scores.ts'
import { addInventedCompany, addRows, eventOf, NO_MASTER } from '../support/invented-company.ts'
import { activate, trainedParams } from '../support/live-version.ts'
import { describeEachDatabase, sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

const AS_OF = 20_540
/** More than one page of a run. */
const CUSTOMERS = 620
const COMPANY = { customers: CUSTOMERS, lastDay: AS_OF, segments: ['default', '包装'] }

/** Everything a person sees of every ninth customer, by name, told anew from the facts. */
async function told(ctx: Ctx, asOf: number) {
  const all = []
  for (const { customerId, customerName } of (await byName(ctx)).filter((_, i) => i % 9 === 0)) {
    const one = await explainCustomer(ctx, UNSCOPED, customerId, asOf)
    const { risk, points, base, band, priority } = one?.score ?? {}
    all.push({
      customerName,
      risk,
      points,
      base,
      band,
      priority,
      evidence: one?.evidence,
      scorer: one?.scorer,
    })
  }
  return all
}

async function byName(ctx: Ctx): Promise<ScoreInList[]> {
  const all = await scoresIn(ctx, UNSCOPED)
  return all.toSorted((a, b) => (a.customerName < b.customerName ? -1 : 1))
}

const withoutRun = (all: readonly ScoreInList[]) => all.map((one) => ({ ...one, runId: 0 }))

describeEachDatabase('a run with an accepted version', (ctx) => {
  let params: LearnedParams
  let version = 0

  beforeAll(async () => {
    await addInventedCompany(ctx(), COMPANY)
    params = await trainedParams(ctx(), AS_OF)
    version = await activate(ctx(), AS_OF, params)
  })

  it('names it, scores everybody with data, and adds up to the last point', async () => {
    const report = await scoreCustomers(ctx(), { asOf: AS_OF })
    expect(report).toMatchObject({ scorer: `learned:blend v${version}`, customers: CUSTOMERS })
    expect(report.scored).toBeGreaterThan(CUSTOMERS / 2)
    for (const { risk, points, base, evidence } of await told(ctx(), AS_OF)) {
      if (typeof risk !== 'number' || typeof base !== 'number') continue
      const sum = evidence?.reduce((total, one) => total + one.points, base)
      expect(sum).toBe(points)
      expect(Math.abs(50 + 18 * Math.log(risk / (1 - risk)) - (points ?? 0))).toBeLessThan(0.51)
    }
  })

  it('why tells the stored score again, to the bit', async () => {
    const stored = new Map((await byName(ctx())).map((one) => [one.customerName, one]))
    for (const one of await told(ctx(), AS_OF)) {
      const { risk, points, band, priority, evidence = [] } = stored.get(one.customerName) ?? {}
      expect(one).toMatchObject({ risk, points, band, priority })
      if (band !== 'none')
        expect(one.evidence?.map(({ points: p }) => p).slice(0, 6)).toEqual(
          evidence.map(({ points: p }) => p),
        )
    }
  })

  it('an interrupted run ends like an undisturbed one, with the fit it began with', async () => {
    const expected = withoutRun(await byName(ctx()))
    await ctx().db.deleteFrom('scores').execute()
    const stop = new AbortController()
    const stopped = scoreCustomers(ctx(), {
      asOf: AS_OF,
      signal: stop.signal,
      pause: async () => stop.abort(),
    })
    await expect(stopped).rejects.toMatchObject({ code: 'busy' })
    expect((await byName(ctx())).length).toBeLessThan(CUSTOMERS)
    await ctx().db.deleteFrom('state').execute()
    await scoreCustomers(ctx(), { asOf: AS_OF })
    expect(withoutRun(await byName(ctx()))).toEqual(expected)
  })

  it('old scores are told again after another version, or the rules, took over', async () => {
    const before = await told(ctx(), AS_OF)
    const next = await activate(ctx(), AS_OF + 1, {
      ...params,
      kind: 'logistic',
      model: {
        ...params.model,
        parts: params.model.parts.slice(0, 1).map((part) => ({ ...part, weight: 1 })),
      },
    })
    const report = await scoreCustomers(ctx(), { asOf: AS_OF + 1 })
    expect(report.scorer).toBe(`learned:logistic v${next}`)
    expect((await told(ctx(), AS_OF + 1)).map(({ risk }) => risk)).not.toEqual(before.map(({ risk }) => risk))
    expect((await told(ctx(), AS_OF)).map(withoutBand)).toEqual(before.map(withoutBand))
    await retireActive(ctx())
    expect(await scoreCustomers(ctx(), { asOf: AS_OF + 2 })).toMatchObject({ scorer: 'rules' })
    expect((await told(ctx(), AS_OF)).map(withoutBand)).toEqual(before.map(withoutBand))
  })
})

/** The band hangs on the score before, which a later run has replaced. */
function withoutBand<T extends { band?: unknown }>({ band: _, ...rest }: T) {
  return rest
}

describe('a learned scorer', () => {
  async function company(work: (ctx: TestCtx) => Promise<void>, more: { reversed?: boolean } = {}) {
    const ctx = await sqliteCtx()
    try {
      await addInventedCompany(ctx, { ...COMPANY, ...more })
      await work(ctx)
    } finally {
      await ctx.close()
    }
  }

  it('knows nothing of rows after the as-of day: every output is the same to the bit', async () => {
    await company(async (ctx) => {
      await activate(ctx, AS_OF, await trainedParams(ctx, AS_OF))
      await scoreCustomers(ctx, { asOf: AS_OF })
      const [stored, before] = [withoutRun(await byName(ctx)), await told(ctx, AS_OF)]
      const [{ customerId: first } = { customerId: 0 }] = await byName(ctx)
      const forecast = await forecastCustomer(ctx, first, AS_OF)
      expect(forecast).not.toBeNull()
      const later = (await byName(ctx)).flatMap(({ customerId: id }) => [
        { ...eventOf(`later1-${id}`, id, 'order', AS_OF + 1), amount: 9_000_000 },
        eventOf(`later2-${id}`, id, 'complaint', AS_OF + 2),
        eventOf(`later3-${id}`, id, 'login', AS_OF + 3),
      ])
      await addRows(ctx, later)
      for (const table of ['scores', 'score_changes', 'score_runs'] as const)
        await ctx.db.deleteFrom(table).execute()
      await scoreCustomers(ctx, { asOf: AS_OF })
      expect(withoutRun(await byName(ctx))).toEqual(stored)
      expect(await told(ctx, AS_OF)).toEqual(before)
      expect(await forecastCustomer(ctx, first, AS_OF)).toEqual(forecast)
    })
  })

  it('does not care in which order the rows were written', async () => {
    let params: LearnedParams | null = null
    const seen: string[] = []
    for (const reversed of [false, true]) {
      await company(
        async (ctx) => {
          params ??= await trainedParams(ctx, AS_OF)
          await activate(ctx, AS_OF, params)
          await scoreCustomers(ctx, { asOf: AS_OF })
          const all = await told(ctx, AS_OF)
          // Rows have other ids then.
          seen.push(JSON.stringify(all, (name, value: unknown) => (name === 'source' ? null : value)))
        },
        { reversed },
      )
    }
    expect(seen[1]).toBe(seen[0])
  })

  it('leaves aside a version that cannot be read or asks about another horizon, and says so in the log', async () => {
    await company(async (ctx) => {
      const params = await trainedParams(ctx, AS_OF)
      const warnings: unknown[] = []
      const log = { ...ctx.log, warn: (facts: unknown) => void warnings.push(facts) }
      const broken = [
        { ...params, kind: 'oracle' },
        { ...params, plan: { ...params.plan, horizon: 30 } },
        { ...params, plan: { ...params.plan, withAmounts: false } },
        'nonsense',
      ]
      for (const one of broken) {
        const id = await activate(ctx, AS_OF, one)
        const report = await scoreCustomers({ ...ctx, log }, { asOf: AS_OF })
        expect(report.scorer).toBe('rules')
        expect(warnings.at(-1)).toMatchObject({ version: id })
      }
      expect(warnings).toHaveLength(broken.length)
    })
  })

  it('lets the rules speak where the own rhythm expects no order within the horizon', async () => {
    await company(async (ctx) => {
      const yearly = await ctx.db
        .insertInto('customers')
        .values({ ...NO_MASTER, name: 'yearly', source_key: 'yearly', segment: 'default' })
        .returning('id')
        .executeTakeFirstOrThrow()
      const id = Number(yearly.id)
      const days = [5, 365, 730, 1095, 1460, 1825]
      await addRows(
        ctx,
        days.map((ago) => eventOf(`yearly${ago}`, id, 'order', AS_OF - ago)),
      )
      await activate(ctx, AS_OF, await trainedParams(ctx, AS_OF))
      const speaks = async (asOf: number) => (await explainCustomer(ctx, UNSCOPED, id, asOf))?.score
      expect(await speaks(AS_OF)).toMatchObject({ base: 0, points: 0, band: 'none' })
      // 400 days later the year is over: without an order within the horizon the customer is overdue.
      expect((await speaks(AS_OF + 400))?.base).not.toBe(0)
    })
  })

  it('lets the rules speak of customers without an order, and adds a notice of leaving', async () => {
    await company(async (ctx) => {
      const { id } = await ctx.db
        .selectFrom('customers')
        .select('id')
        .where('name', '=', 'K1')
        .executeTakeFirstOrThrow()
      const days = [1, 2, 3, 4, 5, 6]
      const visitor = { ...(await ctx.db.selectFrom('customers').selectAll().executeTakeFirstOrThrow()) }
      const added = await ctx.db
        .insertInto('customers')
        .values({ ...visitor, id: undefined, name: 'visitor', source_key: 'visitor' })
        .returning('id')
        .executeTakeFirstOrThrow()
      await addRows(
        ctx,
        days.map((ago) => eventOf(`visit${ago}`, Number(added.id), 'login', AS_OF - 40 - ago)),
      )
      await activate(ctx, AS_OF, await trainedParams(ctx, AS_OF))
      await scoreCustomers(ctx, { asOf: AS_OF })
      const before = await explainCustomer(ctx, UNSCOPED, Number(id), AS_OF)
      await addRows(ctx, [eventOf('notice', Number(id), 'cancel', AS_OF)])
      const after = await explainCustomer(ctx, UNSCOPED, Number(id), AS_OF)
      expect((after?.score.points ?? 0) - (before?.score.points ?? 0)).toBe(100)
      expect(after?.evidence).toContainEqual(expect.objectContaining({ signal: 'cancel', points: 100 }))
      const silent = await explainCustomer(ctx, UNSCOPED, Number(added.id), AS_OF)
      expect(silent?.score.base).toBe(0)
      expect(silent?.score.points).toBe(silent?.evidence.reduce((sum, one) => sum + one.points, 0))
    })
  })
})
