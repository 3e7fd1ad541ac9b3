import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import type { TransferFailure } from '../model/address-book.ts'
import type { Case } from '../model/case.ts'
import type { HandOver, HandOverKind } from '../model/hand-over.ts'
import { logCase } from './case-log.ts'
import { changeCase, openCaseOf } from './cases.ts'
import { giveOwner } from './custody.ts'

/** What belongs to one decision: the customers it moves follow in `transfers`. */
export async function addHandOver(
  ctx: Ctx,
  fresh: {
    readonly kind: HandOverKind
    readonly memberId: number | null
    readonly byId: number | null
    readonly reason?: string | null
  },
): Promise<number> {
  const at = ctx.clock.now()
  const row = await ctx.db
    .insertInto('hand_overs')
    .values({
      kind: fresh.kind,
      state: 'done',
      member_id: fresh.memberId,
      asked_id: null,
      by_id: fresh.byId,
      at,
      decided_at: at,
      reason: fresh.reason ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return Number(row.id)
}

/** Asks `askedId` what becomes of a leaver's customers; null when that is asked already. */
export async function askHandOver(
  ctx: Ctx,
  { memberId, askedId }: { readonly memberId: number; readonly askedId: number },
): Promise<number | null> {
  const row = await ctx.db
    .insertInto('hand_overs')
    .values({
      kind: 'leaver',
      state: 'asked',
      member_id: memberId,
      asked_id: askedId,
      by_id: null,
      at: ctx.clock.now(),
      decided_at: null,
      reason: null,
    })
    .onConflict((oc) => oc.column('member_id').where('state', '=', sql.lit('asked')).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row ? Number(row.id) : null
}

/** Leavers' hand-overs that wait for a decision, the oldest first. */
export async function askedHandOvers(ctx: Ctx): Promise<HandOver[]> {
  const rows = await ctx.db
    .selectFrom('hand_overs')
    .select(['id', 'kind', 'state', 'member_id', 'asked_id'])
    .where('state', '=', 'asked')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: Number(row.id),
    kind: row.kind,
    state: row.state,
    memberId: row.member_id === null ? null : Number(row.member_id),
    askedId: row.asked_id === null ? null : Number(row.asked_id),
  }))
}

/** Somebody else is to decide. */
export async function askAnother(ctx: Ctx, id: number, askedId: number): Promise<void> {
  await ctx.db.updateTable('hand_overs').set({ asked_id: askedId }).where('id', '=', id).execute()
}

/** Moves a hand-over on; false when it is not in the state `from` any more. */
export async function settleHandOver(
  ctx: Ctx,
  id: number,
  { from, to, byId = null }: { from: HandOver['state']; to: HandOver['state']; byId?: number | null },
): Promise<boolean> {
  const result = await ctx.db
    .updateTable('hand_overs')
    .set({ state: to, decided_at: ctx.clock.now(), ...(byId !== null && { by_id: byId }) })
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst()
  return Number(result.numUpdatedRows) === 1
}

interface Given {
  readonly handOverId: number
  readonly toId: number
  /** Who did it; null: the service by itself. */
  readonly byId: number | null
}

/** Hands an open case to somebody until it closes; false when it changed meanwhile. */
export async function giveCase(ctx: Ctx, one: Case, given: Given): Promise<boolean> {
  if (!(await changeCase(ctx, one, { owner_id: given.toId, handed: 1 }))) return false
  await addTransfer(ctx, { ...given, customerId: one.customerId, ownerBefore: null, what: 'case', case: one })
  return true
}

/** Gives a customer and its open case away; false when somebody was faster. */
export async function giveCustomer(
  ctx: Ctx,
  customer: { readonly id: number; readonly ownerId: number | null },
  given: Given,
): Promise<boolean> {
  const moved = { customerId: customer.id, before: customer.ownerId, to: given.toId }
  if (!(await giveOwner(ctx, moved))) return false
  const one = await openCaseOf(ctx, customer.id)
  const kept = one?.ownerId === given.toId && !one.handed
  if (one && !kept) await changeCase(ctx, one, { owner_id: given.toId, handed: 0 })
  await addTransfer(ctx, {
    ...given,
    customerId: customer.id,
    ownerBefore: customer.ownerId,
    what: 'customer',
    case: one,
  })
  return true
}

async function addTransfer(
  ctx: Ctx,
  row: Given & {
    customerId: number
    ownerBefore: number | null
    what: 'case' | 'customer'
    case: Case | null
  },
): Promise<void> {
  await ctx.db
    .insertInto('transfers')
    .values({
      hand_over_id: row.handOverId,
      customer_id: row.customerId,
      what: row.what,
      owner_before: row.ownerBefore,
      to_id: row.toId,
      case_id: row.case?.id ?? null,
      case_owner_before: row.case?.ownerId ?? null,
      case_handed_before: row.case ? (row.case.handed ? 1 : 0) : null,
    })
    .execute()
  if (!row.case) return
  const detail = JSON.stringify({ handOver: row.handOverId, from: row.case.ownerId, to: row.toId })
  await logCase(ctx, { caseId: row.case.id, memberId: row.byId, action: 'transfer', detail })
}

/** Takes back what a hand-over moved, where it still stands so. Returns the customers that went back, and from whom. */
export async function undoTransfers(
  ctx: Ctx,
  { handOverId, byId }: { readonly handOverId: number; readonly byId: number },
): Promise<{ customerId: number; toId: number }[]> {
  const rows = await ctx.db
    .selectFrom('transfers')
    .selectAll()
    .where('hand_over_id', '=', handOverId)
    .orderBy('id')
    .execute()
  const back: { customerId: number; toId: number }[] = []
  for (const row of rows) {
    const customerId = Number(row.customer_id)
    const toId = Number(row.to_id)
    const before = row.owner_before === null ? null : Number(row.owner_before)
    const owner = { customerId, before: toId, to: before }
    if (row.what === 'customer' && !(await giveOwner(ctx, owner))) continue
    const one = await openCaseOf(ctx, customerId)
    const same = one && one.id === Number(row.case_id) && one.ownerId === toId
    if (same && row.case_owner_before !== null) {
      const patch = { owner_id: Number(row.case_owner_before), handed: row.case_handed_before ?? 0 }
      await changeCase(ctx, one, patch)
      const detail = JSON.stringify({ handOver: handOverId, from: toId, to: patch.owner_id })
      await logCase(ctx, { caseId: one.id, memberId: byId, action: 'transfer', detail })
    }
    if (same || row.what === 'customer') back.push({ customerId, toId })
  }
  return back
}

/** The platform could not move the contact of a customer that was given to somebody: kept with its newest hand-over. */
export async function markTransferFailed(
  ctx: Ctx,
  { customerId, toId, reason }: { customerId: number; toId: number; reason: TransferFailure['reason'] },
): Promise<void> {
  await ctx.db
    .updateTable('transfers')
    .set({ failed_at: ctx.clock.now(), failed_reason: reason })
    .where('id', '=', (sub) =>
      sub
        .selectFrom('transfers as newest')
        .select((eb) => eb.fn.max('newest.id').as('id'))
        .where('newest.customer_id', '=', customerId),
    )
    .where('to_id', '=', toId)
    .where('what', '=', 'customer')
    .execute()
}

/** How the newest hand-over of a customer failed on the platform; null when it did not, or there is none. */
export async function failedTransfer(
  ctx: Ctx,
  customerId: number,
): Promise<{ readonly to: string; readonly at: number; readonly reason: string } | null> {
  const row = await ctx.db
    .selectFrom('transfers')
    .innerJoin('members', 'members.id', 'transfers.to_id')
    .innerJoin('customers', 'customers.id', 'transfers.customer_id')
    .select(['members.name', 'failed_at', 'failed_reason', 'to_id', 'customers.owner_id'])
    .where('customer_id', '=', customerId)
    .orderBy('transfers.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  // Taken back, or with somebody else by now: old news.
  if (!row || row.failed_at === null || Number(row.owner_id) !== Number(row.to_id)) return null
  return { to: row.name, at: Number(row.failed_at), reason: row.failed_reason ?? 'unknown' }
}
