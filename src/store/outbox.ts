import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import type { OutboxTable } from '../db/schema.ts'
import type { Card } from '../model/card.ts'
import type { Address, UpdateToken } from '../model/chat.ts'

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

/** The address behind an `addressKey`, for an update that became too late and goes out as a new card. */
export function addressOf(platform: string, key: string): Address {
  const kind = key.startsWith('group:') ? 'group' : 'dm'
  return { platform, kind, id: key.slice(key.indexOf(':') + 1) }
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

export async function inOutbox(ctx: Ctx, id: string): Promise<boolean> {
  const row = await ctx.db.selectFrom('outbox').select('id').where('id', '=', id).executeTakeFirst()
  return row !== undefined
}
