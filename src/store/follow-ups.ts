import type { Selectable } from 'kysely'
import type { Scope } from '../access.ts'
import type { Ctx } from '../context.ts'
import type { FollowUpsTable } from '../db/schema.ts'
import type { Day } from '../model/day.ts'
import { customersIn } from './scoped.ts'

/** What was read in a rep's words, and what the rep corrected. */
export interface Reading {
  readonly channel: string | null
  /** Somebody was spoken to; null where nothing was said. */
  readonly reached: boolean | null
  readonly outcome: string | null
  /** 有效跟进 when it has an outcome, else 仅触达. */
  readonly effective: boolean
  readonly reason: string | null
  readonly sentiment: string | null
  /** 分, as told: never counted as an order. */
  readonly amount: number | null
  readonly nextOn: Day | null
}

/** A touch of which nothing is known but that it was. */
export const NOTHING_READ: Reading = {
  channel: null,
  reached: null,
  outcome: null,
  effective: false,
  reason: null,
  sentiment: null,
  amount: null,
  nextOn: null,
}

export interface FollowUpContent extends Reading {
  readonly note: string
}

/** A logged touch 跟进. */
export interface FollowUp extends FollowUpContent {
  readonly id: number
  readonly customerId: number
  readonly caseId: number | null
  readonly memberId: number
  readonly at: number
  readonly day: Day
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
      ...columnsOf(row),
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
  await ctx.db.updateTable('follow_ups').set(columnsOf(content)).where('id', '=', id).execute()
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

/** The member's newest follow-up that was not taken back, written since `since`. */
export async function newestFollowUp(ctx: Ctx, memberId: number, since: number): Promise<FollowUp | null> {
  const row = await ctx.db
    .selectFrom('follow_ups')
    .selectAll()
    .where('member_id', '=', memberId)
    .where('at', '>=', since)
    .where('undone_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? asFollowUp(row) : null
}

function columnsOf(content: FollowUpContent) {
  return {
    channel: content.channel,
    reached: content.reached === null ? null : Number(content.reached),
    outcome: content.outcome,
    effective: Number(content.effective),
    reason: content.reason,
    sentiment: content.sentiment,
    amount: content.amount,
    note: content.note,
    next_on: content.nextOn,
  }
}

function asFollowUp(row: Selectable<FollowUpsTable>): FollowUp {
  return {
    id: Number(row.id),
    customerId: Number(row.customer_id),
    caseId: row.case_id === null ? null : Number(row.case_id),
    memberId: Number(row.member_id),
    at: Number(row.at),
    day: Number(row.day),
    channel: row.channel,
    reached: row.reached === null ? null : Number(row.reached) === 1,
    outcome: row.outcome,
    effective: Number(row.effective) === 1,
    reason: row.reason,
    sentiment: row.sentiment,
    amount: row.amount === null ? null : Number(row.amount),
    note: row.note,
    nextOn: row.next_on === null ? null : Number(row.next_on),
  }
}
