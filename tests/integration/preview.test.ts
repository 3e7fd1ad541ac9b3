import { beforeAll, expect, it } from 'vitest'
import { UNSCOPED } from '../../src/access.ts'
import { calendarFor } from '../../src/calendar.ts'
import type { Day } from '../../src/model/day.ts'
import { explainCustomer } from '../../src/scoring/explain-one.ts'
import { draftSettings } from '../../src/scoring/preview/draft-settings.ts'
import { previewSettings } from '../../src/scoring/preview/preview-settings.ts'
import { scoreCustomers } from '../../src/scoring/score-customers.ts'
import { addCustomer, addEvent, addMember } from '../support/people.ts'
import { describeEachDatabase, type TestCtx } from '../support/test-ctx.ts'

describeEachDatabase('the preview of a draft', (ctxNow) => {
  let ctx: TestCtx
  let asOf: Day

  beforeAll(async () => {
    ctx = ctxNow()
    asOf = calendarFor(ctx.settings).dayOf(ctx.clock.now()) - 1
    const reps = [await addMember(ctx), await addMember(ctx)]
    // Monthly buyers whose last order lies 0, 4, 8 … days further back.
    for (let n = 0; n < 24; n++) {
      const ownerId = reps[n % 2]?.id ?? null
      const customer_id = await addCustomer(ctx, { name: `客户${n}`, ownerId })
      for (let k = 0; k < 8; k++) {
        const day = asOf - n * 4 - k * 30
        const at = calendarFor(ctx.settings).instant(day, 600)
        await addEvent(ctx, { customer_id, kind: 'order', day, at, amount: 100_000 * (n + 1) })
      }
    }
    await scoreCustomers(ctx, { asOf })
  })

  const stored = async () => JSON.stringify(await ctx.db.selectFrom('scores').selectAll().execute())
  const state = async () => JSON.stringify(await ctx.db.selectFrom('state').selectAll().execute())

  it('says what the next run says then, and writes nothing', async () => {
    const sets = { 'scoring.bands.high': 0.7, 'scoring.bands.urgent': 0.9, 'scoring.valueTiers': [0.1, 0.5] }
    const [scores, kept] = [await stored(), await state()]
    const found = await previewSettings(ctx, sets, { weeks: 2 })
    expect([await stored(), await state()]).toEqual([scores, kept])
    expect(found).toMatchObject({ asOf, customers: 24, reps: 2 })
    expect(found.changes[0]).toEqual({ path: 'scoring.bands.high', before: 0.6, after: 0.7 })

    const before = await ctx.db.selectFrom('scores').selectAll().orderBy('customer_id').execute()
    const scoring = { ...ctx.settings.scoring, valueTiers: [0.1, 0.5] }
    const bands = { ...scoring.bands, high: 0.7, urgent: 0.9 }
    const drafted = { ...ctx, settings: { ...ctx.settings, scoring: { ...scoring, bands } } }
    await scoreCustomers(drafted, { asOf })
    const after = await ctx.db.selectFrom('scores').selectAll().orderBy('customer_id').execute()
    const changed = (field: 'band' | 'tier' | 'stage' | 'churned'): number =>
      after.filter((row, i) => row[field] !== before[i]?.[field]).length
    expect(found.changed).toEqual({
      band: changed('band'),
      tier: changed('tier'),
      stage: changed('stage'),
      churned: changed('churned'),
    })
    expect(found.changed.band).toBeGreaterThan(0)
    expect(found.changed.tier).toBeGreaterThan(0)
    expect(found.examples.length).toBe(Math.min(10, found.affected))
    await scoreCustomers(ctx, { asOf })
  })

  it('a draft that changes nothing affects nobody', async () => {
    const found = await previewSettings(ctx, { 'scoring.bands.high': 0.6 }, { weeks: 4 })
    expect(found).toMatchObject({ affected: 0, changes: [], moves: [], examples: [] })
    expect(found.pushes?.perRepDay.before).toBe(found.pushes?.perRepDay.after)
    expect(found.pushes?.perRepDay.before).toBeGreaterThan(0)
  })

  it('stricter bands would have warned less often', async () => {
    const sets = { 'scoring.bands.medium': 0.7, 'scoring.bands.high': 0.8, 'scoring.bands.urgent': 0.9 }
    const { pushes, atRisk } = await previewSettings(ctx, sets, { weeks: 8 })
    expect(pushes?.perRepDay.after).toBeLessThan(pushes?.perRepDay.before ?? 0)
    expect(atRisk.after).toBeLessThanOrEqual(atRisk.before)
  })

  it('what a run said stays explained by the settings it scored by', async () => {
    const rows = await ctx.db.selectFrom('scores').select(['customer_id', 'risk', 'points', 'band']).execute()
    const strict = draftSettings(ctx.settings, {
      'scoring.signals.overdueRatio': 4,
      'scoring.signals.overdueHighRatio': 8,
      'scoring.bands.watch': 0.1,
    })
    for (const { customer_id, risk, points, band } of rows) {
      const explained = await explainCustomer({ ...ctx, settings: strict }, UNSCOPED, customer_id, asOf)
      expect(explained?.score).toMatchObject({ risk, points, band })
    }
  })

  it('lists everything that is wrong with a draft', async () => {
    const wrong = { 'scoring.bands.high': 2, 'scoring.bands.hihg': 0.5, 'scoring.horizonDays': 'soon' }
    await expect(previewSettings(ctx, wrong)).rejects.toMatchObject({
      code: 'bad-input',
      say: expect.stringMatching(/scoring\.bands\.high[\s\S]*hihg|hihg[\s\S]*scoring\.bands\.high/),
    })
    const order = { 'scoring.bands.high': 0.9 }
    await expect(previewSettings(ctx, order)).rejects.toMatchObject({
      say: expect.stringContaining('watch < medium < high < urgent'),
    })
    const elsewhere = { 'push.perDay': 50 }
    await expect(previewSettings(ctx, elsewhere)).rejects.toMatchObject({ code: 'bad-input' })
  })
})
