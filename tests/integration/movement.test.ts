import { expect, it } from 'vitest'
import { UNSCOPED } from '../../src/access.ts'
import type { Ctx } from '../../src/context.ts'
import type { Band } from '../../src/model/churn.ts'
import { dayFromIso } from '../../src/model/day.ts'
import { type Movement, movement } from '../../src/stats/movement.ts'
import { parsePeriod } from '../../src/stats/period.ts'
import { addCustomer, addMember, addScoreRun, addTeam } from '../support/people.ts'
import { describeEachDatabase } from '../support/test-ctx.ts'

const TODAY = dayFromIso('2026-11-23') ?? 0
const OCTOBER = parsePeriod('2026-10', TODAY)

type Step = readonly [on: string, band: Band, churned?: boolean]

/** Each story is one customer: what its score said from which day on. At risk is `medium` and above. */
// biome-ignore format: one story a line
const STORIES: readonly (readonly Step[])[] = [
  [['2026-09-01', 'none'], ['2026-10-05', 'medium']], // entered
  [['2026-10-09', 'high']], // entered: first scored within the period
  [['2026-09-01', 'medium'], ['2026-10-05', 'urgent']], // worsened
  [['2026-09-01', 'urgent'], ['2026-10-05', 'high']], // stayed, and is better
  [['2026-09-01', 'high'], ['2026-10-05', 'watch']], // recovered
  [['2026-09-01', 'high'], ['2026-10-05', 'urgent', true]], // lost
  [['2026-09-01', 'high'], ['2026-10-05', 'none'], ['2026-10-20', 'high']], // away and back: stayed
  [['2026-09-01', 'urgent', true], ['2026-10-05', 'medium', false]], // lost before and at risk again: entered
  [['2026-09-01', 'none'], ['2026-11-05', 'high']], // moves after the period
]

async function tell(ctx: Ctx, ownerId: number | null, story: readonly Step[]): Promise<void> {
  const customerId = await addCustomer(ctx, { ownerId })
  for (const [on, band, churned = false] of story) {
    const asOf = dayFromIso(on) ?? 0
    const run = { customer_id: customerId, run_id: await addScoreRun(ctx, asOf), as_of: asOf, before: null }
    await ctx.db
      .insertInto('score_changes')
      .values([
        { ...run, field: 'band', after: band },
        { ...run, field: 'churned', after: churned ? '1' : '0' },
      ])
      .execute()
  }
}

describeEachDatabase('movement of at-risk customers', (ctx) => {
  async function moved(): Promise<Movement> {
    if (!OCTOBER) throw new Error('no period')
    return movement(ctx(), UNSCOPED, OCTOBER)
  }

  it('opening + entered − recovered − lost = closing, whole and per team', async () => {
    const teams = [await addTeam(ctx()), await addTeam(ctx())]
    const owners = [
      await addMember(ctx(), { teamId: teams[0] ?? null }),
      await addMember(ctx(), { teamId: teams[1] ?? null }),
    ]
    for (const [nth, story] of STORIES.entries()) await tell(ctx(), owners[nth % 2]?.id ?? null, story)
    await tell(ctx(), null, [['2026-10-02', 'urgent']])

    const all = await moved()
    expect(all).toMatchObject({ opening: 5, entered: 4, worsened: 1, recovered: 1, lost: 1, closing: 7 })
    expect(all.teams.map((team) => team.teamId)).toEqual([...teams, null])
    for (const part of [all, ...all.teams]) {
      expect(part.opening + part.entered - part.recovered - part.lost).toBe(part.closing)
    }
    const sum = (key: 'opening' | 'closing') => all.teams.reduce((total, team) => total + team[key], 0)
    expect([sum('opening'), sum('closing')]).toEqual([all.opening, all.closing])
  })

  it('goes by the day the scores are for, not by the order in which runs were made', async () => {
    const before = await moved()
    const customerId = await addCustomer(ctx())
    for (const [iso, band] of [
      ['2026-10-20', 'none'],
      ['2026-10-01', 'urgent'],
    ] as const) {
      const asOf = dayFromIso(iso) ?? 0
      const run_id = await addScoreRun(ctx(), asOf)
      const change = {
        customer_id: customerId,
        run_id,
        as_of: asOf,
        before: null,
        field: 'band' as const,
        after: band,
      }
      await ctx().db.insertInto('score_changes').values(change).execute()
    }
    expect((await moved()).closing).toBe(before.closing)
  })

  it('keeps to the scope', async () => {
    if (!OCTOBER) throw new Error('no period')
    expect(await movement(ctx(), { kind: 'none' }, OCTOBER)).toMatchObject({
      opening: 0,
      closing: 0,
      teams: [],
    })
  })
})
