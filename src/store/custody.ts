import type { Ctx } from '../context.ts'
import { textList } from '../db/bulk.ts'

/**
 * Gives a customer another owner, if `before` is still the one. As long as the customer's source names the owner it
 * named when the customer was given away first, the new one stays (`keptOwners`). False when somebody was faster.
 */
export async function giveOwner(
  ctx: Ctx,
  given: { readonly customerId: number; readonly before: number | null; readonly to: number | null },
): Promise<boolean> {
  const { customerId, before, to } = given
  const result = await ctx.db
    .updateTable('customers')
    .set({ owner_id: to })
    .where('id', '=', customerId)
    .where('owner_id', before === null ? 'is' : '=', before)
    .executeTakeFirst()
  if (Number(result.numUpdatedRows) !== 1) return false
  const known = await ctx.db
    .selectFrom('custody')
    .select('source_owner_id')
    .where('customer_id', '=', customerId)
    .executeTakeFirst()
  const source = known ? known.source_owner_id : before
  const named = source === null ? null : Number(source)
  if (named === to || to === null) {
    await ctx.db.deleteFrom('custody').where('customer_id', '=', customerId).execute()
    return true
  }
  const row = { source_owner_id: named, owner_id: to, since: ctx.clock.now() }
  await ctx.db
    .insertInto('custody')
    .values({ customer_id: customerId, ...row })
    .onConflict((oc) => oc.column('customer_id').doUpdateSet(row))
    .execute()
  return true
}

/** For customers of a source that were given away: who their source named then, and who has them. */
export async function keptOwners(
  ctx: Ctx,
  source: string,
  keys: readonly string[],
): Promise<Map<string, { readonly named: number | null; readonly owner: number }>> {
  const rows = await ctx.db
    .selectFrom('custody')
    .innerJoin('customers', 'customers.id', 'custody.customer_id')
    .select(['customers.source_key as key', 'custody.source_owner_id as named', 'custody.owner_id as owner'])
    .where('customers.source', '=', source)
    .where('customers.source_key', 'in', textList(ctx.db, keys))
    .execute()
  return new Map(
    rows.map((row) => [
      row.key,
      { named: row.named === null ? null : Number(row.named), owner: Number(row.owner) },
    ]),
  )
}

/** The source names somebody else by now: its word counts again. */
export async function endCustody(ctx: Ctx, source: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return
  await ctx.db
    .deleteFrom('custody')
    .where('customer_id', 'in', (sub) =>
      sub
        .selectFrom('customers')
        .select('id')
        .where('source', '=', source)
        .where('source_key', 'in', textList(ctx.db, keys)),
    )
    .execute()
}
