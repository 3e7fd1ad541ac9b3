import type { Ctx } from '../context.ts'
import { numberList } from '../db/bulk.ts'
import type { Day } from '../model/day.ts'
import type { GroupDip } from '../model/group-dip.ts'

/** Writes a dip once per day, group and team; null when it is there already. */
export async function addDip(ctx: Ctx, dip: Omit<GroupDip, 'id' | 'state'>): Promise<GroupDip | null> {
  const row = await ctx.db
    .insertInto('group_dips')
    .values({
      day: dip.day,
      kind: dip.kind,
      name: dip.name,
      team_id: dip.teamId,
      size: dip.size,
      expected: dip.expected,
      p: dip.p,
      customers_json: JSON.stringify(dip.customers),
      state: 'held',
      until_on: dip.until,
      decided_at: null,
      decided_by: null,
    })
    .onConflict((oc) => oc.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row ? { ...dip, id: Number(row.id), state: 'held' } : null
}

export async function dipById(ctx: Ctx, id: number): Promise<GroupDip | null> {
  const row = await dips(ctx).where('id', '=', id).executeTakeFirst()
  return row ? asDip(row) : null
}

/** Customers whose alerts wait on that day. */
export async function heldByDips(ctx: Ctx, day: Day): Promise<number[]> {
  const rows = await dips(ctx).where('state', '=', 'held').where('until_on', '>', day).execute()
  return [...new Set(rows.flatMap((row) => asDip(row).customers))]
}

/** A person's word about a dip. */
export async function decideDip(
  ctx: Ctx,
  id: number,
  after: { readonly state: GroupDip['state']; readonly until: Day; readonly by: number },
): Promise<void> {
  const { state, until, by } = after
  await ctx.db
    .updateTable('group_dips')
    .set({ state, until_on: until, decided_at: ctx.clock.now(), decided_by: by })
    .where('id', '=', id)
    .execute()
}

function dips(ctx: Ctx) {
  return ctx.db.selectFrom('group_dips').selectAll()
}

function asDip(row: Awaited<ReturnType<ReturnType<typeof dips>['executeTakeFirstOrThrow']>>): GroupDip {
  return {
    id: Number(row.id),
    day: Number(row.day),
    kind: row.kind,
    name: row.name,
    teamId: row.team_id === null ? null : Number(row.team_id),
    size: Number(row.size),
    expected: Number(row.expected),
    p: Number(row.p),
    customers: JSON.parse(row.customers_json),
    state: row.state,
    until: Number(row.until_on),
  }
}

/** Names and tiers of these customers, the most valuable first. For jobs: not limited to a scope. */
export async function customersByValue(
  ctx: Ctx,
  ids: readonly number[],
): Promise<{ readonly id: number; readonly name: string; readonly tier: string }[]> {
  const rows = await ctx.db
    .selectFrom('customers')
    .innerJoin('scores', 'scores.customer_id', 'customers.id')
    .select(['customers.id as id', 'customers.name as name', 'scores.tier as tier'])
    .where('customers.id', 'in', numberList(ctx.db, ids))
    .orderBy('scores.value_12m', 'desc')
    .orderBy('customers.id')
    .execute()
  return rows.map((row) => ({ ...row, id: Number(row.id) }))
}
