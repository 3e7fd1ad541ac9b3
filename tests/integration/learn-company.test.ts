import { beforeAll, describe, expect, it } from 'vitest'
import type { Ctx } from '../../src/context.ts'
import { companyPast } from '../../src/scoring/company-past.ts'
import { snapshotAt } from '../../src/scoring/learn/history/dataset.ts'
import { type FitPart, freshFits, nameOf } from '../../src/scoring/learn/learned/fit-part.ts'
import { learnedRisk } from '../../src/scoring/learn/learned/score-learned.ts'
import { learnCompany } from '../../src/scoring/propose/learn-company.ts'
import { LearnedParams } from '../../src/scoring/scorers/learned-params.ts'
import { inventFacts, START } from '../support/invented-facts.ts'
import { addEvent } from '../support/people.ts'
import { sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

const AS_OF = START + 560
const HORIZON = 60
const OPTIONS = { asOf: AS_OF, horizon: HORIZON }

describe('what a company’s history teaches', () => {
  let ctx: TestCtx
  let ids: number[]

  beforeAll(async () => {
    ctx = await sqliteCtx()
    ids = await inventFacts(ctx, { customers: 400, lastDay: 560, segments: ['a', 'b'] })
    return async () => await ctx.db.destroy()
  })

  it('is a scorer that was chosen earlier, trained on all that is known, and the facts that it sees', async () => {
    let progress = 0
    const { report, chosen, params } = await learnCompany(ctx, {
      ...OPTIONS,
      progress: (done) => {
        expect(done).toBeGreaterThanOrEqual(progress)
        progress = done
      },
    })
    expect(progress).toBe(1)
    expect(report.report?.chosen).toBe(chosen)
    expect(report.sample).toBeNull()
    expect(['blend', 'logistic', 'trees', 'mbg-nbd']).toContain(chosen)
    expect(report.report?.verdicts.map(({ name }) => name)).not.toContain('recency')
    const stored = LearnedParams.parse(JSON.parse(JSON.stringify(params)))
    expect(stored.kind).toBe(chosen)
    expect(stored.plan.kinds).toContain('login')
    // The latest labels are those of the last horizon that has passed.
    expect(Math.max(...stored.model.cutoffs)).toBeGreaterThanOrEqual(AS_OF - HORIZON - 5)
    const past = await companyPast(ctx, { upTo: AS_OF })
    if (!past) throw new Error('the company has orders')
    const today = await snapshotAt(past.log, AS_OF, HORIZON, past.enrich)
    expect(learnedRisk(stored.model, today.x).every((risk) => risk > 0 && risk < 1)).toBe(true)
  })

  it('is the same when a training that was killed is taken up again', async () => {
    const whole = await learnCompany(ctx, OPTIONS)
    const kept = new Map<string, Awaited<ReturnType<FitPart>>>()
    let trained = 0
    const keeping: FitPart = async (kind, snapshots, control, growth = null) => {
      const digest = JSON.stringify([nameOf(kind, growth), snapshots.map((one) => one.asOf)])
      const known = kept.get(digest)
      if (known) return known
      if (++trained === 4) throw new Error('killed')
      const model = await freshFits()(kind, snapshots, control, growth)
      kept.set(digest, model)
      return model
    }
    await expect(learnCompany(ctx, { ...OPTIONS, fitPart: keeping })).rejects.toThrow('killed')
    const before = kept.size
    expect(await learnCompany(ctx, { ...OPTIONS, fitPart: keeping })).toEqual(whole)
    expect(before).toBe(3)
  })

  it('comes from a sample where there are more customers than wanted', async () => {
    const { report, params } = await learnCompany(ctx, { ...OPTIONS, atMost: 150 })
    const { customers = 0, of = 0 } = report.sample ?? {}
    expect(of).toBe(ids.length)
    expect(customers).toBeGreaterThan(110)
    expect(customers).toBeLessThan(190)
    expect(report.report?.test.customers ?? 0).toBeLessThanOrEqual(customers)
    if (params) expect(LearnedParams.safeParse(params).success).toBe(true)
  })

  it('does not depend on anything dated later', async () => {
    const before = await learnCompany(ctx, OPTIONS)
    await later(ctx, ids)
    expect(await learnCompany(ctx, OPTIONS)).toEqual(before)
  })
})

async function later(ctx: Ctx, ids: readonly number[]): Promise<void> {
  for (const [i, id] of ids.entries()) {
    const kind = ['order', 'login', 'complaint', 'review'][i % 4] ?? 'order'
    const day = AS_OF + 1 + (i % 9)
    await addEvent(ctx, { customer_id: id, kind, day, at: day * 86_400_000, amount: 100 })
  }
}
