import type { Ctx } from '../context.ts'

/** Who looks after a customer today, and its segment of today. */
export interface CustomerTraits {
  readonly customerId: number
  /** Member id; null without an owner. */
  readonly ownerId: number | null
  readonly segment: string
}

/** The traits of these customers by rising id; at most some hundred at once. */
export async function customerTraits(ctx: Ctx, ids: readonly number[]): Promise<CustomerTraits[]> {
  if (ids.length === 0) return []
  const rows = await ctx.db
    .selectFrom('customers')
    .select(['id', 'owner_id', 'segment'])
    .where('id', 'in', ids)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    customerId: Number(row.id),
    ownerId: row.owner_id === null ? null : Number(row.owner_id),
    segment: row.segment,
  }))
}
