import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'

/** The source of events that people told in chat. */
export const TOLD = 'chat'

/**
 * Writes the loss of a customer as a churn notice of that day (`cancel`), so that figures count from it; null when the
 * same day was told before.
 */
export async function addToldLoss(
  ctx: Ctx,
  loss: { readonly customerId: number; readonly day: Day; readonly at: number; readonly reason: string },
): Promise<number | null> {
  const row = await ctx.db
    .insertInto('events')
    .values({
      source: TOLD,
      source_key: `lost:${loss.customerId}:${loss.day}`,
      customer_id: loss.customerId,
      kind: 'cancel',
      at: loss.at,
      day: loss.day,
      amount: null,
      quantity: null,
      channel: null,
      text: loss.reason,
      note: null,
    })
    .onConflict((oc) => oc.columns(['source', 'source_key']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row ? Number(row.id) : null
}

/** Takes a told loss back: nothing of it counts any more. The audit keeps who told it and who took it back. */
export async function removeToldLoss(ctx: Ctx, id: number): Promise<void> {
  await ctx.db.deleteFrom('events').where('id', '=', id).where('source', '=', TOLD).execute()
}

/** The day a standing loss was told of; null when none was, or an order or renewal came after it. */
export async function toldLossOf(ctx: Ctx, customerId: number): Promise<Day | null> {
  const row = await ctx.db
    .selectFrom('events as e')
    .select((eb) => eb.fn.max('e.day').as('day'))
    .where('e.customer_id', '=', customerId)
    .where('e.source', '=', TOLD)
    .where('e.kind', '=', 'cancel')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('events as later')
            .select('later.id')
            .whereRef('later.customer_id', '=', 'e.customer_id')
            .where('later.kind', 'in', ['order', 'renewal'])
            .whereRef('later.day', '>', 'e.day'),
        ),
      ),
    )
    .executeTakeFirst()
  return row?.day === null || row?.day === undefined ? null : Number(row.day)
}
