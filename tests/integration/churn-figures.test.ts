import { beforeAll, expect, it } from 'vitest'
import { type Scope, UNSCOPED } from '../../src/access.ts'
import type { Ctx } from '../../src/context.ts'
import { type Day, dayFromIso } from '../../src/model/day.ts'
import { parsePeriod } from '../../src/stats/period.ts'
import { churnFigures } from '../../src/stats/team-stats.ts'
import { addCustomer, addEvent, addMember, addTeam } from '../support/people.ts'
import { describeEachDatabase } from '../support/test-ctx.ts'

/** Tests stand on Monday 2026-11-23; the period is October. */
const TODAY = day('2026-11-23')
const OCTOBER = period('2026-10')
const MS_PER_DAY = 86_400_000

function day(iso: string): Day {
  const value = dayFromIso(iso)
  if (value === null) throw new Error(`no date: ${iso}`)
  return value
}

function period(text: string) {
  const value = parsePeriod(text, TODAY)
  if (!value) throw new Error(`no period: ${text}`)
  return value
}

interface Company {
  readonly east: number
  readonly south: number
  readonly rep: number
}

/** 1,000 customers known on September 30th, 200 of them 180 days silent in October, 150 new ones, 30 that return. */
async function fill(ctx: Ctx): Promise<Company> {
  const [east, south] = [await addTeam(ctx, '华东'), await addTeam(ctx, '华南')]
  const { id: rep } = await addMember(ctx, { role: 'rep', teamId: east })
  const { id: other } = await addMember(ctx, { role: 'rep', teamId: south })
  const lostIn = (nth: number): Day => OCTOBER.from - 180 + (nth % 31)
  const groups: { size: number; days: (nth: number) => Day[] }[] = [
    { size: 800, days: () => [OCTOBER.from - 200, OCTOBER.from - 20] },
    { size: 200, days: (nth) => [lostIn(nth) - 90, lostIn(nth)] },
    { size: 150, days: (nth) => [OCTOBER.from + (nth % 31)] },
    { size: 30, days: () => [OCTOBER.from - 300, OCTOBER.from + 5] },
  ]
  for (const { size, days } of groups) {
    for (let nth = 0; nth < size; nth++) {
      const customer_id = await addCustomer(ctx, { ownerId: nth % 4 === 0 ? rep : other })
      for (const one of days(nth))
        await addEvent(ctx, { customer_id, kind: 'order', at: one * MS_PER_DAY, day: one })
    }
  }
  return { east, south, rep }
}

describeEachDatabase('churn figures', (ctx) => {
  let company: Company
  const figures = (scope: Scope, more: { teamId?: number; definition?: string } = {}) =>
    churnFigures(ctx(), { scope, period: OCTOBER, definition: 'e-commerce', ...more })

  beforeAll(async () => {
    company = await fill(ctx())
  })

  it('opening 1000, lost 200, new 150: 20 %, with definition, version, period and as-of', async () => {
    expect(await figures(UNSCOPED)).toMatchObject({
      opening: 1000,
      lost: 200,
      new: 150,
      returned: 30,
      rate: 0.2,
      enough: true,
      definition: 'e-commerce',
      version: 1,
      period: '2026-10',
      unfinished: false,
      to: OCTOBER.to,
      asOf: TODAY,
    })
  })

  it('keeps to the scope: a rep, a team, nobody', async () => {
    const quarter = { opening: 250, lost: 50, new: 38, returned: 8 }
    expect(await figures({ kind: 'own', memberId: company.rep })).toMatchObject(quarter)
    expect(await figures({ kind: 'team', teamId: company.east })).toMatchObject(quarter)
    expect(await figures({ kind: 'none' })).toMatchObject({ opening: 0, rate: null, interval: null })
  })

  it('a team filter narrows the scope and never widens it', async () => {
    expect(await figures(UNSCOPED, { teamId: company.south })).toMatchObject({ opening: 750, lost: 150 })
    const foreign = await figures({ kind: 'own', memberId: company.rep }, { teamId: company.south })
    expect(foreign).toMatchObject({ opening: 0, lost: 0, rate: null })
  })

  it('another definition gives another figure under another name', async () => {
    const year = await figures(UNSCOPED, { definition: 'b2b' })
    expect(year).toMatchObject({ definition: 'b2b', lost: 0, opening: 1030 })
  })

  it('judges every segment by its own definition unless one is named', async () => {
    const own = await churnFigures(ctx(), { scope: UNSCOPED, period: OCTOBER })
    expect(own).toMatchObject({ definition: 'own-cycle', definitions: [{ name: 'own-cycle' }] })
  })

  it('cuts the current period at today and says so', async () => {
    const now = await churnFigures(ctx(), {
      scope: UNSCOPED,
      period: period('本月'),
      definition: 'e-commerce',
    })
    expect(now).toMatchObject({ to: TODAY, unfinished: true })
  })

  it('refuses a definition nobody knows and a period that has not begun', async () => {
    await expect(figures(UNSCOPED, { definition: 'constructor' })).rejects.toMatchObject({
      code: 'bad-input',
      say: expect.stringContaining('own-cycle'),
    })
    const next = churnFigures(ctx(), { scope: UNSCOPED, period: period('2027') })
    await expect(next).rejects.toMatchObject({ code: 'bad-input' })
  })

  it('marks of false alarm leave the numerator, and come back when they are undone', async () => {
    const lost = await ctx()
      .db.selectFrom('events')
      .select('customer_id')
      .where('day', '=', OCTOBER.from - 180)
      .executeTakeFirstOrThrow()
    const { id } = await ctx()
      .db.insertInto('cases')
      .values({
        customer_id: lost.customer_id,
        owner_id: company.rep,
        lane: 'digest',
        state: 'false-alarm',
        causes: 'overdue',
        band: 'high',
        opened_at: 0,
        opened_on: OCTOBER.from - 40,
        due_at: 0,
        closed_at: (OCTOBER.from - 30) * MS_PER_DAY,
        why_json: '[]',
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    expect(await figures(UNSCOPED)).toMatchObject({ opening: 1000, lost: 199 })
    await ctx().db.updateTable('cases').set({ state: 'open', closed_at: null }).where('id', '=', id).execute()
    expect(await figures(UNSCOPED)).toMatchObject({ opening: 1000, lost: 200 })
  })
})
