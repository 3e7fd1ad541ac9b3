import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { bulkInsert, textList } from '../db/bulk.ts'
import type { OutboxTable } from '../db/schema.ts'
import type { Card } from '../model/card.ts'
import type { Address, Receipt, UpdateToken } from '../model/chat.ts'

export type Lane = OutboxTable['lane']

/** A message to a chat platform. It is written with the work it tells of and sent by the dispatcher later. */
export type OutboxMessage = {
  /** Also the idempotency key given to the adapter. */
  readonly id: string
  readonly platform: string
  /** `dm:<person>` or `group:<chat>`: see `addressKey`. */
  readonly address: string
  readonly card: Card
  readonly lane: Lane
  readonly notBefore: number
  readonly caseId?: number | null
  readonly scoreRunId?: number | null
} & (
  | { readonly kind: 'send'; readonly target: Address }
  /** A refresh is a courtesy: too late, it is dropped, while an update is then sent as a new card. */
  | { readonly kind: 'update' | 'refresh'; readonly target: UpdateToken }
)

export function addressKey(to: Pick<Address, 'kind' | 'id'>): string {
  return `${to.kind}:${to.id}`
}

/** The address behind an `addressKey`. */
export function addressOf(platform: string, key: string): Address {
  const kind = key.startsWith('group:') ? 'group' : 'dm'
  return { platform, kind, id: key.slice(key.indexOf(':') + 1) }
}

/** The id of an update that answers an inbound event. */
export function updateId(platform: string, event: string): string {
  return `update:${platform}:${event}`
}

/**
 * Where an update that became too late goes as a new card: it answers the same event, so that it comes from where the
 * button was pressed and takes nobody else's answer.
 */
export function addressInstead({
  id,
  platform,
  address,
}: Pick<OutboxMessage, 'id' | 'platform' | 'address'>): Address {
  const to = addressOf(platform, address)
  const before = updateId(platform, '')
  return id.startsWith(before) ? { ...to, answers: id.slice(before.length) } : to
}

/** Adds a message; false when one with that id exists already (nothing is changed then). */
export async function addToOutbox(ctx: Ctx, message: OutboxMessage): Promise<boolean> {
  const result = await ctx.db
    .insertInto('outbox')
    .values({
      id: message.id,
      platform: message.platform,
      kind: message.kind,
      target_json: JSON.stringify(message.target),
      address: message.address,
      card_json: JSON.stringify(message.card),
      lane: message.lane,
      state: 'pending',
      not_before: message.notBefore,
      lease_until: null,
      created_at: ctx.clock.now(),
      sent_at: null,
      receipt: null,
      error: null,
      case_id: message.caseId ?? null,
      score_run_id: message.scoreRunId ?? null,
      attempts: 0,
      seq: sql<number>`(select coalesce(max(seq), 0) + 1 from outbox)`,
    })
    .onConflict((oc) => oc.column('id').doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0
}

/** A reply, and the receipt when the answer to a callback carries it. */
export interface ReplyMessage {
  readonly message: OutboxMessage
  /** Null: it is to be sent. */
  readonly receipt: Receipt | null
}

/**
 * Adds replies in this order; those whose id is there already are left out. One with a receipt counts as delivered:
 * it is recorded before it is given, so that it is never given twice, and `answersGiven` finds it when it is asked for again.
 */
export async function addReplies(ctx: Ctx, replies: readonly ReplyMessage[]): Promise<void> {
  if (replies.length === 0) return
  const last = await ctx.db
    .selectFrom('outbox')
    .select((eb) => eb.fn.max('seq').as('seq'))
    .executeTakeFirst()
  const seq = Number(last?.seq ?? 0) + 1
  const now = ctx.clock.now()
  const given = replies.map(({ receipt }) => receipt)
  const of = <T>(value: (message: OutboxMessage) => T): T[] => replies.map(({ message }) => value(message))
  const columns = {
    id: of((one) => one.id),
    platform: of((one) => one.platform),
    kind: of((one) => one.kind),
    target_json: of((one) => JSON.stringify(one.target)),
    address: of((one) => one.address),
    card_json: of((one) => JSON.stringify(one.card)),
    lane: of((one) => one.lane),
    state: given.map((receipt) => (receipt === null ? 'pending' : 'sent')),
    not_before: of((one) => one.notBefore),
    created_at: now,
    sent_at: given.map((receipt) => (receipt === null ? null : now)),
    receipt: given.map((receipt) => (receipt === null ? null : JSON.stringify({ ...receipt, answer: true }))),
    seq: replies.map((_, place) => seq + place),
  }
  await bulkInsert(ctx.db, 'outbox', columns, replies.length, 'on conflict (id) do nothing')
}

/** The cards that were recorded as the answer to a callback, by the id of their message. */
export async function answersGiven(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Card>> {
  const rows = await ctx.db
    .selectFrom('outbox')
    .select(['id', 'card_json', 'receipt'])
    .where('id', 'in', textList(ctx.db, ids))
    .where('state', '=', 'sent')
    .execute()
  const answers = rows.filter((row) => row.receipt !== null && JSON.parse(row.receipt).answer === true)
  return new Map(answers.map((row) => [row.id, JSON.parse(row.card_json)]))
}

/** Nobody was there to hear these answers: they are sent as messages. */
export async function sendUnheard(ctx: Ctx, ids: readonly string[]): Promise<void> {
  await ctx.db
    .updateTable('outbox')
    .set({ state: 'pending', sent_at: null, receipt: null })
    .where('id', 'in', textList(ctx.db, ids))
    .where('state', '=', 'sent')
    .execute()
}

/** Addresses, of those given, with replies that are still to be sent: a later one must not overtake them. */
export async function addressesWaiting(ctx: Ctx, addresses: readonly string[]): Promise<Set<string>> {
  const rows = await ctx.db
    .selectFrom('outbox')
    .select('address')
    .where('state', 'in', ['pending', 'sending'])
    .where('lane', '=', 'reply')
    .where('address', 'in', textList(ctx.db, addresses))
    .execute()
  return new Set(rows.map((row) => row.address))
}

export async function inOutbox(ctx: Ctx, id: string): Promise<boolean> {
  const row = await ctx.db.selectFrom('outbox').select('id').where('id', '=', id).executeTakeFirst()
  return row !== undefined
}
