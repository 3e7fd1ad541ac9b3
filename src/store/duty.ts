import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import { type Absence, type Colleague, type Duty, dutyOf } from '../model/duty.ts'

/** Who works on `day` (today without one), and who stands in for the others. For jobs, and where rights are checked. */
export async function dutyOn(ctx: Ctx, day: Day = today(ctx)): Promise<Duty> {
  return dutyOf(await colleagues(ctx), await absencesOn(ctx, day))
}

/** Absences that hold `day`. */
export async function absencesOn(ctx: Ctx, day: Day): Promise<Absence[]> {
  const rows = await absences(ctx).where('from_on', '<=', day).where('until_on', '>', day).execute()
  return rows.map(asAbsence)
}

/** Absences that hold any day of [from, until), of one member or of all. */
export async function absencesBetween(
  ctx: Ctx,
  { from, until, memberId }: { from: Day; until: Day; memberId?: number },
): Promise<Absence[]> {
  const rows = await absences(ctx)
    .where('from_on', '<', until)
    .where('until_on', '>', from)
    .whereRef('until_on', '>', 'from_on')
    .$if(memberId !== undefined, (q) => q.where('member_id', '=', memberId ?? 0))
    .orderBy('id')
    .execute()
  return rows.map(asAbsence)
}

export async function addAbsence(
  ctx: Ctx,
  fresh: Omit<Absence, 'id'> & { readonly setBy: number },
): Promise<number> {
  const row = await ctx.db
    .insertInto('absences')
    .values({
      member_id: fresh.memberId,
      deputy_id: fresh.deputyId,
      from_on: fresh.from,
      until_on: fresh.until,
      set_by: fresh.setBy,
      created_at: ctx.clock.now(),
      told_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return Number(row.id)
}

/** Ends an absence on another day: the first workday back. On its first day it never was. Its summary is open again. */
export async function endAbsence(ctx: Ctx, id: number, until: Day): Promise<void> {
  await ctx.db.updateTable('absences').set({ until_on: until, told_at: null }).where('id', '=', id).execute()
}

export async function absenceById(ctx: Ctx, id: number): Promise<Absence | null> {
  const row = await absences(ctx).where('id', '=', id).executeTakeFirst()
  return row ? asAbsence(row) : null
}

/** Absences that are over on `day` and whose summary was not given yet. */
export async function absencesOver(ctx: Ctx, day: Day): Promise<Absence[]> {
  const rows = await absences(ctx)
    .where('told_at', 'is', null)
    .where('until_on', '<=', day)
    .whereRef('until_on', '>', 'from_on')
    .orderBy('id')
    .execute()
  return rows.map(asAbsence)
}

/** True for the one who may give the summary of an absence: it is given once. */
export async function claimReturn(ctx: Ctx, id: number): Promise<boolean> {
  const result = await ctx.db
    .updateTable('absences')
    .set({ told_at: ctx.clock.now() })
    .where('id', '=', id)
    .where('told_at', 'is', null)
    .executeTakeFirst()
  return Number(result.numUpdatedRows) === 1
}

async function colleagues(ctx: Ctx): Promise<Colleague[]> {
  const rows = await ctx.db
    .selectFrom('members')
    .leftJoin('teams', 'teams.id', 'members.team_id')
    .select(['members.id', 'members.name', 'members.role', 'members.team_id', 'members.active'])
    .select((eb) => eb.fn.coalesce('members.region', 'teams.region').as('region'))
    .execute()
  return rows.map((row) => ({
    id: Number(row.id),
    name: row.name,
    role: row.role,
    teamId: row.team_id === null ? null : Number(row.team_id),
    region: row.region,
    active: Number(row.active) === 1,
  }))
}

function today(ctx: Ctx): Day {
  return calendarFor(ctx.settings).dayOf(ctx.clock.now())
}

function absences(ctx: Ctx) {
  return ctx.db.selectFrom('absences').select(['id', 'member_id', 'deputy_id', 'from_on', 'until_on'])
}

function asAbsence(row: {
  id: number
  member_id: number
  deputy_id: number | null
  from_on: number
  until_on: number
}): Absence {
  return {
    id: Number(row.id),
    memberId: Number(row.member_id),
    deputyId: row.deputy_id === null ? null : Number(row.deputy_id),
    from: Number(row.from_on),
    until: Number(row.until_on),
  }
}
