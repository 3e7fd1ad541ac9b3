import type { Ctx } from '../context.ts'
import { PLAYGROUND, type PlaygroundGroup, type PlaygroundPerson } from '../model/playground.ts'

/** Everybody active with an identity on the playground, by team, leads before reps. */
export async function playgroundPeople(ctx: Ctx): Promise<PlaygroundPerson[]> {
  const rows = await membersWithIdentity(ctx)
  return rows.map(({ person, name, role, team }) => ({ id: person, name, role, team }))
}

/** The playground's groups. A team's group is seen by the team and by admins, one without a team by all. */
export async function playgroundGroups(ctx: Ctx): Promise<PlaygroundGroup[]> {
  const people = await membersWithIdentity(ctx)
  const rows = await ctx.db
    .selectFrom('chats')
    .select(['chat', 'title', 'team_id'])
    .where('platform', '=', PLAYGROUND)
    .orderBy('chat')
    .execute()
  return rows.map(({ chat, title, team_id }) => ({
    id: chat,
    title: title ?? chat,
    members: people
      .filter((one) => team_id === null || one.role === 'admin' || one.teamId === team_id)
      .map((one) => one.person),
  }))
}

function membersWithIdentity(ctx: Ctx) {
  return ctx.db
    .selectFrom('identities')
    .innerJoin('members', 'members.id', 'identities.member_id')
    .leftJoin('teams', 'teams.id', 'members.team_id')
    .select([
      'identities.person as person',
      'members.name as name',
      'members.role as role',
      'members.team_id as teamId',
      'teams.name as team',
    ])
    .where('identities.platform', '=', PLAYGROUND)
    .where('members.active', '=', 1)
    .orderBy('members.team_id')
    .orderBy('members.role')
    .orderBy('members.id')
    .execute()
}
