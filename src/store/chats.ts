import type { Ctx } from '../context.ts'

/** The team whose totals a group shows, or null when nobody set one (or the group is unknown). */
export async function teamOfChat(ctx: Ctx, platform: string, chat: string): Promise<number | null> {
  const row = await ctx.db
    .selectFrom('chats')
    .select('team_id')
    .where('platform', '=', platform)
    .where('chat', '=', chat)
    .executeTakeFirst()
  return row && row.team_id !== null ? Number(row.team_id) : null
}

/** Remembers a group; its team stays as it is unless one is given. */
export async function rememberChat(
  ctx: Ctx,
  group: { platform: string; chat: string; title: string | null; teamId?: number },
): Promise<void> {
  const { platform, chat, title, teamId } = group
  await ctx.db
    .insertInto('chats')
    .values({ platform, chat, title, team_id: teamId ?? null })
    .onConflict((oc) =>
      oc.columns(['platform', 'chat']).doUpdateSet({
        ...(title !== null && { title }),
        ...(teamId !== undefined && { team_id: teamId }),
        platform,
      }),
    )
    .execute()
}

/** Every group that is bound to a team. */
export async function chatsOfTeams(
  ctx: Ctx,
): Promise<{ readonly platform: string; readonly chat: string; readonly teamId: number }[]> {
  const rows = await ctx.db
    .selectFrom('chats')
    .select(['platform', 'chat', 'team_id'])
    .where('team_id', 'is not', null)
    .orderBy('platform')
    .orderBy('chat')
    .execute()
  return rows.map(({ platform, chat, team_id }) => ({ platform, chat, teamId: Number(team_id) }))
}

export interface Team {
  readonly id: number
  readonly name: string
  readonly region: string | null
}

/** Every team, for names typed in chat. */
export async function teams(ctx: Ctx): Promise<Team[]> {
  const rows = await ctx.db.selectFrom('teams').selectAll().orderBy('id').execute()
  return rows.map((row) => ({ id: Number(row.id), name: row.name, region: row.region }))
}
