import type { Scope } from '../access.ts'
import type { Ctx } from '../context.ts'
import { type Feedback, type FeedbackState, OPEN_FEEDBACK } from '../model/feedback.ts'
import { customersIn } from './scoped.ts'

/** Writes what a customer wishes for, once per inbound key. Returns its number. */
export async function addFeedback(
  ctx: Ctx,
  given: { customerId: number; memberId: number; text: string; inboundKey: string },
): Promise<number> {
  await ctx.db
    .insertInto('feedback')
    .values({
      customer_id: given.customerId,
      member_id: given.memberId,
      at: ctx.clock.now(),
      text: given.text,
      state: 'received',
      changed_at: null,
      changed_by: null,
      inbound_key: given.inboundKey,
    })
    .onConflict((oc) => oc.column('inbound_key').doNothing())
    .execute()
  const row = await ctx.db
    .selectFrom('feedback')
    .select('id')
    .where('inbound_key', '=', given.inboundKey)
    .executeTakeFirstOrThrow()
  return Number(row.id)
}

/** One feedback, when its customer lies in the scope. */
export async function feedbackById(ctx: Ctx, scope: Scope, id: number): Promise<Feedback | null> {
  const row = await feedbackIn(ctx, scope).where('feedback.id', '=', id).executeTakeFirst()
  return row ? asFeedback(row) : null
}

/** What waits or is being worked on, the oldest first. */
export async function openFeedback(ctx: Ctx, scope: Scope, limit: number): Promise<Feedback[]> {
  const rows = await feedbackIn(ctx, scope)
    .where('state', 'in', OPEN_FEEDBACK)
    .orderBy('feedback.id')
    .limit(limit)
    .execute()
  return rows.map(asFeedback)
}

/** How many there are of each state; states without any are absent. */
export async function feedbackCounts(ctx: Ctx, scope: Scope): Promise<Map<FeedbackState, number>> {
  const rows = await ctx.db
    .selectFrom('feedback')
    .innerJoin('customers', 'customers.id', 'feedback.customer_id')
    .select((eb) => ['state', eb.fn.countAll<number>().as('n')])
    .where(customersIn(scope))
    .groupBy('state')
    .execute()
  return new Map(rows.map((row) => [row.state, Number(row.n)]))
}

/** Moves a feedback on if it still stands where the reader saw it; false otherwise. */
export async function moveFeedback(
  ctx: Ctx,
  id: number,
  change: { from: FeedbackState; to: FeedbackState; by: number },
): Promise<boolean> {
  const result = await ctx.db
    .updateTable('feedback')
    .set({ state: change.to, changed_at: ctx.clock.now(), changed_by: change.by })
    .where('id', '=', id)
    .where('state', '=', change.from)
    .executeTakeFirst()
  return Number(result.numUpdatedRows) === 1
}

function feedbackIn(ctx: Ctx, scope: Scope) {
  return ctx.db
    .selectFrom('feedback')
    .innerJoin('customers', 'customers.id', 'feedback.customer_id')
    .innerJoin('members', 'members.id', 'feedback.member_id')
    .select(['feedback.id', 'feedback.customer_id', 'feedback.member_id', 'at', 'text', 'state'])
    .select(['customers.name as customer_name', 'members.name as member_name'])
    .where(customersIn(scope))
}

type FeedbackRow = Awaited<ReturnType<ReturnType<typeof feedbackIn>['executeTakeFirstOrThrow']>>

function asFeedback(row: FeedbackRow): Feedback {
  return {
    id: Number(row.id),
    customerId: Number(row.customer_id),
    customerName: row.customer_name,
    memberId: Number(row.member_id),
    memberName: row.member_name,
    at: Number(row.at),
    text: row.text,
    state: row.state,
  }
}
