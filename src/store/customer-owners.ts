import type { Ctx } from '../context.ts'

const PAGE = 20_000

/** Every customer that has an owner today, with the owner's member id; rising by customer, page by page. */
export async function* customerOwners(
  ctx: Ctx,
): AsyncGenerator<{ readonly customerId: number; readonly ownerId: number }[]> {
  for (let after = -1; ; ) {
    const rows = await ctx.db
      .selectFrom('customers')
      .select(['id', 'owner_id'])
      .where('id', '>', after)
      .where('owner_id', 'is not', null)
      .orderBy('id')
      .limit(PAGE)
      .execute()
    const last = rows.at(-1)
    if (!last) return
    yield rows.map((row) => ({ customerId: Number(row.id), ownerId: Number(row.owner_id) }))
    after = Number(last.id)
  }
}
