import type { Scope } from '../access.ts'
import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import { customersIn } from './scoped.ts'

/** A logged touch 跟进. `effective` (有效跟进) when it has an outcome, else 仅触达. */
export interface FollowUp {
  readonly id: number
  readonly customerId: number
  readonly caseId: number | null
  readonly memberId: number
  readonly at: number
  readonly day: Day
  readonly channel: string | null
  readonly outcome: string | null
  readonly effective: boolean
  readonly note: string
  readonly nextOn: Day | null
}

export interface FollowUpContent {
  readonly channel: string | null
  readonly outcome: string | null
  readonly effective: boolean
  readonly note: string
  readonly nextOn: Day | null
}

/** Writes a follow-up once per inbound key: a repeated delivery returns the first one's id. */
export async function addFollowUp(
  ctx: Ctx,
  row: FollowUpContent & {
    customerId: number
    caseId: number | null
    memberId: number
    day: Day
    inboundKey: string
  },
): Promise<{ id: number; added: boolean }> {
  const added = await ctx.db
    .insertInto('follow_ups')
    .values({
      customer_id: row.customerId,
      case_id: row.caseId,
      member_id: row.memberId,
      at: ctx.clock.now(),
      day: row.day,
      channel: row.channel,
      outcome: row.outcome,
      effective: row.effective ? 1 : 0,
      note: row.note,
      next_on: row.nextOn,
      inbound_key: row.inboundKey,
      undone_at: null,
    })
    .onConflict((oc) => oc.column('inbound_key').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (added) return { id: Number(added.id), added: true }
  const known = await ctx.db
    .selectFrom('follow_ups')
    .select('id')
    .where('inbound_key', '=', row.inboundKey)
    .executeTakeFirstOrThrow()
  return { id: Number(known.id), added: false }
}

/** An own follow-up that was not taken back. */
export async function ownFollowUp(ctx: Ctx, id: number, memberId: number): Promise<FollowUp | null> {
  const row = await ctx.db
    .selectFrom('follow_ups')
    .selectAll()
    .where('id', '=', id)
    .where('member_id', '=', memberId)
    .where('undone_at', 'is', null)
    .executeTakeFirst()
  return row ? asFollowUp(row) : null
}

/** Puts content into a follow-up: a result after a one-tap touch, a next date, or what undo brings back. */
export async function changeFollowUp(ctx: Ctx, id: number, content: FollowUpContent): Promise<void> {
  await ctx.db
    .updateTable('follow_ups')
    .set({
      channel: content.channel,
      outcome: content.outcome,
      effective: content.effective ? 1 : 0,
      note: content.note,
      next_on: content.nextOn,
    })
    .where('id', '=', id)
    .execute()
}

/** Takes a follow-up back: the row stays, marked. False when it was taken back before. */
export async function undoFollowUp(ctx: Ctx, id: number): Promise<boolean> {
  const result = await ctx.db
    .updateTable('follow_ups')
    .set({ undone_at: ctx.clock.now() })
    .where('id', '=', id)
    .where('undone_at', 'is', null)
    .executeTakeFirst()
  return Number(result.numUpdatedRows) === 1
}

/** A promised next contact: the newest standing follow-up of a customer names it. */
export interface Promised {
  readonly customerId: number
  readonly customerName: string
  readonly nextOn: Day
  readonly note: string
}

/** Promised next contacts, earliest first; one a customer, the newest word counts. */
export async function promisedContacts(
  ctx: Ctx,
  scope: Scope,
  filter: { until?: Day; customerIds?: readonly number[]; limit: number },
): Promise<Promised[]> {
  if (filter.customerIds?.length === 0) return []
  const rows = await ctx.db
    .selectFrom('follow_ups')
    .innerJoin('customers', 'customers.id', 'follow_ups.customer_id')
    .select(['customers.id as customerId', 'customers.name as customerName', 'next_on', 'note'])
    .where(customersIn(scope))
    .where('undone_at', 'is', null)
    .where('next_on', 'is not', null)
    .$if(filter.until !== undefined, (q) => q.where('next_on', '<=', filter.until ?? 0))
    .$if(filter.customerIds !== undefined, (q) =>
      q.where('customers.id', 'in', [...(filter.customerIds ?? [])]),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('follow_ups as newer')
            .select('newer.id')
            .whereRef('newer.customer_id', '=', 'follow_ups.customer_id')
            .whereRef('newer.id', '>', 'follow_ups.id')
            .where('newer.undone_at', 'is', null)
            .where((or) => or.or([or('newer.effective', '=', 1), or('newer.next_on', 'is not', null)])),
        ),
      ),
    )
    .orderBy('next_on')
    .orderBy('customers.id')
    .limit(filter.limit)
    .execute()
  return rows.map((row) => ({
    customerId: Number(row.customerId),
    customerName: row.customerName,
    nextOn: Number(row.next_on),
    note: row.note,
  }))
}

function asFollowUp(row: {
  id: number
  customer_id: number
  case_id: number | null
  member_id: number
  at: number
  day: number
  channel: string | null
  outcome: string | null
  effective: number
  note: string
  next_on: number | null
}): FollowUp {
  return {
    id: Number(row.id),
    customerId: Number(row.customer_id),
    caseId: row.case_id === null ? null : Number(row.case_id),
    memberId: Number(row.member_id),
    at: Number(row.at),
    day: Number(row.day),
    channel: row.channel,
    outcome: row.outcome,
    effective: Number(row.effective) === 1,
    note: row.note,
    nextOn: row.next_on === null ? null : Number(row.next_on),
  }
}
