import type { Ctx } from '../context.ts'
import type { Member } from '../model/member.ts'
import { NO_WISH, type PushWish } from '../model/push-wish.ts'

/** Whose wish: a member's own, or what a lead laid down for the team. */
export interface WishOwner {
  readonly subject: 'member' | 'team'
  readonly id: number
}

export async function wishOf(ctx: Ctx, { subject, id }: WishOwner): Promise<PushWish> {
  const row = await ctx.db
    .selectFrom('push_wishes')
    .select(['high_value', 'per_day'])
    .where('subject', '=', subject)
    .where('subject_id', '=', id)
    .executeTakeFirst()
  return row ? asWish(row) : NO_WISH
}

export async function setWish(
  ctx: Ctx,
  owner: WishOwner,
  wish: PushWish,
  by: Pick<Member, 'id'>,
): Promise<void> {
  const row = {
    high_value: wish.highValue ? 1 : 0,
    per_day: wish.perDay,
    set_at: ctx.clock.now(),
    set_by: by.id,
  }
  await ctx.db
    .insertInto('push_wishes')
    .values({ subject: owner.subject, subject_id: owner.id, ...row })
    .onConflict((oc) => oc.columns(['subject', 'subject_id']).doUpdateSet(row))
    .execute()
}

/** The wish that counts for each member who has one, or whose team has: the lower of both budgets. */
export async function wishesInForce(ctx: Ctx): Promise<Map<number, PushWish>> {
  const rows = await ctx.db
    .selectFrom('members')
    .leftJoin('push_wishes as own', (join) =>
      join.onRef('own.subject_id', '=', 'members.id').on('own.subject', '=', 'member'),
    )
    .leftJoin('push_wishes as teams', (join) =>
      join.onRef('teams.subject_id', '=', 'members.team_id').on('teams.subject', '=', 'team'),
    )
    .select(['members.id as id', 'own.high_value', 'own.per_day', 'teams.per_day as team_per_day'])
    .where((eb) => eb.or([eb('own.subject_id', 'is not', null), eb('teams.subject_id', 'is not', null)]))
    .execute()
  return new Map(
    rows.map((row) => {
      const limits = [row.per_day, row.team_per_day].filter((one) => one !== null).map(Number)
      const perDay = limits.length > 0 ? Math.min(...limits) : null
      return [Number(row.id), { highValue: Number(row.high_value) === 1, perDay }]
    }),
  )
}

function asWish(row: { high_value: number; per_day: number | null }): PushWish {
  return {
    highValue: Number(row.high_value) === 1,
    perDay: row.per_day === null ? null : Number(row.per_day),
  }
}
