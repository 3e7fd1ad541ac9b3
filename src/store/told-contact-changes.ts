import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import { TOLD } from './told-losses.ts'

/** Writes a change of contacts as an event of now; null when the same was told for that day. `left` may be empty. */
export async function addToldContactChange(
  ctx: Ctx,
  change: { customerId: number; day: Day; left: string; joined: string },
): Promise<number | null> {
  const { customerId, day, left, joined } = change
  const row = await ctx.db
    .insertInto('events')
    .values({
      source: TOLD,
      source_key: `contact:${customerId}:${day}:${left}>${joined}`,
      customer_id: customerId,
      kind: 'contact-change',
      at: ctx.clock.now(),
      day,
      amount: null,
      quantity: null,
      channel: null,
      text: null,
      note: `${left}→${joined}`,
    })
    .onConflict((oc) => oc.columns(['source', 'source_key']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row ? Number(row.id) : null
}
