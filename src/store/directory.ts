import type { Ctx } from '../context.ts'
import { textList } from '../db/bulk.ts'

/** A member as its source knows it. */
export interface SourceMember {
  readonly key: string
  readonly name: string
  readonly active: boolean
}

export async function membersOfSource(ctx: Ctx, source: string): Promise<SourceMember[]> {
  const rows = await ctx.db
    .selectFrom('members')
    .select(['source_key', 'name', 'active'])
    .where('source', '=', source)
    .execute()
  return rows.map((row) => ({ key: row.source_key, name: row.name, active: Number(row.active) === 1 }))
}

/** People of a platform who are members of a source other than this one. */
export async function boundElsewhere(ctx: Ctx, platform: string, source: string): Promise<Set<string>> {
  const rows = await ctx.db
    .selectFrom('identities')
    .innerJoin('members', 'members.id', 'identities.member_id')
    .select('identities.person')
    .where('identities.platform', '=', platform)
    .where('members.source', '!=', source)
    .execute()
  return new Set(rows.map((row) => row.person))
}

/** The members that these people are, by person; who is bound to nobody is left out. */
export async function membersBehind(
  ctx: Ctx,
  platform: string,
  people: readonly string[],
): Promise<Map<string, { readonly key: string; readonly name: string }>> {
  if (people.length === 0) return new Map()
  const rows = await ctx.db
    .selectFrom('identities')
    .innerJoin('members', 'members.id', 'identities.member_id')
    .select(['identities.person', 'members.source_key as key', 'members.name'])
    .where('identities.platform', '=', platform)
    .where('identities.person', 'in', textList(ctx.db, [...new Set(people)]))
    .execute()
  return new Map(rows.map(({ person, ...member }) => [person, member]))
}

/** Active members on a platform, by their ids there. */
export async function peopleOn(ctx: Ctx, platform: string): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('identities')
    .innerJoin('members', 'members.id', 'identities.member_id')
    .select('identities.person')
    .where('identities.platform', '=', platform)
    .where('members.active', '=', 1)
    .orderBy('identities.person')
    .execute()
  return rows.map((row) => row.person)
}

/** The team of every member. For jobs: not limited to a scope. */
export async function teamsOfOwners(ctx: Ctx): Promise<Map<number, number | null>> {
  const rows = await ctx.db.selectFrom('members').select(['id', 'team_id']).execute()
  return new Map(rows.map((row) => [Number(row.id), row.team_id === null ? null : Number(row.team_id)]))
}
