import type { Ctx } from '../context.ts'
import { bulkInsert, textList } from '../db/bulk.ts'
import { personId } from '../model/person-id.ts'

/** Members by key (of `source` first, then of any) or by a name that only one has; null = several have it. */
export async function membersByKeyOrName(
  ctx: Ctx,
  source: string,
  words: readonly string[],
): Promise<Map<string, number | null>> {
  const rows = await ctx.db
    .selectFrom('members')
    .select(['id', 'source', 'source_key', 'name'])
    .where((eb) =>
      eb.or([eb('source_key', 'in', textList(ctx.db, words)), eb('name', 'in', textList(ctx.db, words))]),
    )
    .execute()
  const found = new Map<string, number | null>()
  for (const word of words) {
    const ranked = [
      rows.filter((row) => row.source_key === word && row.source === source),
      rows.filter((row) => row.source_key === word),
      rows.filter((row) => row.name === word),
    ]
    const best = ranked.find((group) => group.length > 0)
    if (best) found.set(word, best.length === 1 ? Number(best[0]?.id) : null)
  }
  return found
}

/** Ids of teams by name; missing teams are created. */
export async function teamsByName(ctx: Ctx, names: readonly string[]): Promise<Map<string, number>> {
  await bulkInsert(ctx.db, 'teams', { name: names }, names.length, 'on conflict (name) do nothing')
  const rows = await ctx.db
    .selectFrom('teams')
    .select(['id', 'name'])
    .where('name', 'in', textList(ctx.db, names))
    .execute()
  return new Map(rows.map((row) => [row.name, Number(row.id)]))
}

/** Binds people of a platform to members. A person already bound to somebody else is bound anew. */
export async function bindPeople(
  ctx: Ctx,
  platform: string,
  people: readonly { person: string; memberId: number }[],
): Promise<void> {
  const byPerson = new Map(people.map(({ person, memberId }) => [personId(platform, person), memberId]))
  const columns = {
    platform,
    person: [...byPerson.keys()],
    member_id: [...byPerson.values()],
    bound_at: ctx.clock.now(),
  }
  const tail =
    'on conflict (platform, person) do update set member_id = excluded.member_id, bound_at = excluded.bound_at where identities.member_id <> excluded.member_id'
  await bulkInsert(ctx.db, 'identities', columns, byPerson.size, tail)
}
