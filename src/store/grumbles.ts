import type { Ctx } from '../context.ts'
import type { Grumble } from '../model/feedback.ts'

/** Writes a grumble once per inbound key. Returns its number. */
export async function addGrumble(
  ctx: Ctx,
  given: { memberId: number; text: string; inboundKey: string },
): Promise<number> {
  await ctx.db
    .insertInto('grumbles')
    .values({
      member_id: given.memberId,
      at: ctx.clock.now(),
      text: given.text,
      answer: null,
      answered_at: null,
      answered_by: null,
      inbound_key: given.inboundKey,
    })
    .onConflict((oc) => oc.column('inbound_key').doNothing())
    .execute()
  const row = await ctx.db
    .selectFrom('grumbles')
    .select('id')
    .where('inbound_key', '=', given.inboundKey)
    .executeTakeFirstOrThrow()
  return Number(row.id)
}

/** How many a member wrote since an instant. */
export async function grumblesSince(ctx: Ctx, memberId: number, since: number): Promise<number> {
  const row = await ctx.db
    .selectFrom('grumbles')
    .select((eb) => eb.fn.countAll().as('n'))
    .where('member_id', '=', memberId)
    .where('at', '>=', since)
    .executeTakeFirst()
  return Number(row?.n ?? 0)
}

/** Those without an answer, the oldest first, and how many there are. Without who wrote them. */
export async function openGrumbles(ctx: Ctx, limit: number): Promise<{ count: number; oldest: Grumble[] }> {
  const open = ctx.db.selectFrom('grumbles').where('answered_at', 'is', null)
  const row = await open.select((eb) => eb.fn.countAll().as('n')).executeTakeFirst()
  const rows = await open.select(['id', 'at', 'text', 'answer']).orderBy('id').limit(limit).execute()
  return {
    count: Number(row?.n ?? 0),
    oldest: rows.map((one) => ({ ...one, id: Number(one.id), at: Number(one.at) })),
  }
}

export async function grumbleById(ctx: Ctx, id: number): Promise<Grumble | null> {
  const row = await ctx.db
    .selectFrom('grumbles')
    .select(['id', 'at', 'text', 'answer'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row ? { ...row, id: Number(row.id), at: Number(row.at) } : null
}

/** Stores the answer of whoever is first, and returns whom to tell; null when there is one already. */
export async function answerGrumble(
  ctx: Ctx,
  id: number,
  given: { answer: string; by: number },
): Promise<number | null> {
  const row = await ctx.db
    .updateTable('grumbles')
    .set({ answer: given.answer, answered_at: ctx.clock.now(), answered_by: given.by })
    .where('id', '=', id)
    .where('answered_at', 'is', null)
    .returning('member_id')
    .executeTakeFirst()
  return row ? Number(row.member_id) : null
}
