import { afterAll, beforeAll, expect, it } from 'vitest'
import { UNSCOPED } from '../../src/access.ts'
import { bandRank } from '../../src/model/churn.ts'
import { explainCustomer } from '../../src/scoring/explain-one.ts'
import { previewSettings } from '../../src/scoring/preview/preview-settings.ts'
import { scoreCustomers } from '../../src/scoring/score-customers.ts'
import { scoresIn } from '../../src/store/scores.ts'
import { addInventedCompany } from '../support/invented-company.ts'
import { activate, trainedParams } from '../support/live-version.ts'
import { addEvent } from '../support/people.ts'
import { sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

const AS_OF = 20_540
let ctx: TestCtx & { close(): Promise<void> }

beforeAll(async () => {
  ctx = await sqliteCtx()
  await addInventedCompany(ctx, { customers: 300, lastDay: AS_OF, segments: ['default'] })
  await activate(ctx, AS_OF, await trainedParams(ctx, AS_OF))
  const { scorer } = await scoreCustomers(ctx, { asOf: AS_OF })
  expect(scorer).toContain('learned')
})

afterAll(() => ctx.close())

it('what a learned scorer would say of an order is what it says once the order is there', async () => {
  let kept = 0
  for (const { customerId, band } of await scoresIn(ctx, UNSCOPED, { minBand: 'watch' })) {
    const before = await explainCustomer(ctx, UNSCOPED, customerId, AS_OF)
    const found = before?.whatIf()
    if (found?.kind !== 'order' || kept >= 10) continue
    const amounts = (before?.features.purchases ?? []).map((one) => one.amount ?? 0).sort((a, b) => a - b)
    const [low = 0, high = 0] = [amounts[(amounts.length - 1) >> 1], amounts[amounts.length >> 1]]
    const amount = Math.round((low + high) / 2)
    await addEvent(ctx, {
      customer_id: customerId,
      kind: 'order',
      day: AS_OF,
      at: AS_OF * 86_400_000,
      amount,
    })
    const after = await explainCustomer(ctx, UNSCOPED, customerId, AS_OF)
    expect(after?.score.band).toBe(found.band)
    expect(bandRank(found.band)).toBeLessThan(bandRank(band))
    kept++
  }
  expect(kept).toBeGreaterThan(0)
})

it('a draft is previewed with the learned scorer, without a fit', async () => {
  const state = JSON.stringify(await ctx.db.selectFrom('state').selectAll().execute())
  const found = await previewSettings(ctx, { 'scoring.bands.watch': 0.2 }, { weeks: 1 })
  expect(found.changed.band).toBeGreaterThan(0)
  expect(found.moves[0]).toMatchObject({ field: 'band', before: 'none', after: 'watch' })
  expect(JSON.stringify(await ctx.db.selectFrom('state').selectAll().execute())).toBe(state)
})
