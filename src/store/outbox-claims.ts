import { sql, type Updateable } from 'kysely'
import type { Ctx } from '../context.ts'
import type { OutboxTable } from '../db/schema.ts'
import type { Card } from '../model/card.ts'
import type { Address, Receipt, UpdateToken } from '../model/chat.ts'
import type { Lane } from './outbox.ts'

/** A message this process may send until `leaseUntil`; then another process may take it over. */
export type ClaimedMessage = {
  readonly id: string
  readonly platform: string
  readonly address: string
  readonly card: Card
  readonly lane: Lane
  /** This one included. */
  readonly attempts: number
  readonly leaseUntil: number
  readonly createdAt: number
} & (
  | { readonly kind: 'send'; readonly target: Address }
  | { readonly kind: 'update' | 'refresh'; readonly target: UpdateToken }
)

export interface DueMessage {
  readonly id: string
  readonly platform: string
  readonly address: string
}

/**
 * The messages that may go out now, replies first. Of one address and lane only the oldest: a later one waits
 * until it is settled, so that the replies of a chat arrive in order. An expired lease counts as due again.
 * @param quiet outside work hours only replies are due, however long the others have waited
 */
export async function dueMessages(
  ctx: Ctx,
  platforms: readonly string[],
  now: number,
  { limit, quiet = false }: { limit: number; quiet?: boolean },
): Promise<DueMessage[]> {
  if (platforms.length === 0) return []
  return ctx.db
    .selectFrom('outbox as o')
    .select(['o.id', 'o.platform', 'o.address'])
    .where('o.platform', 'in', platforms)
    .$if(quiet, (q) => q.where('o.lane', '=', 'reply'))
    .where((eb) =>
      eb.or([
        eb.and([eb('o.state', '=', 'pending'), eb('o.not_before', '<=', now)]),
        eb.and([eb('o.state', '=', 'sending'), eb('o.lease_until', '<=', now)]),
      ]),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('outbox as e')
            .select('e.id')
            .whereRef('e.address', '=', 'o.address')
            .whereRef('e.lane', '=', 'o.lane')
            .whereRef('e.platform', '=', 'o.platform')
            .whereRef('e.seq', '<', 'o.seq')
            .where((eb) =>
              eb.or([
                eb('e.state', '=', 'sending'),
                eb.and([
                  eb('e.state', '=', 'pending'),
                  eb.or([eb('e.attempts', '>', 0), eb('e.not_before', '<=', now)]),
                ]),
              ]),
            ),
        ),
      ),
    )
    .orderBy(sql`case o.lane when 'reply' then 0 when 'urgent' then 1 when 'notice' then 3 else 2 end`)
    .orderBy('o.seq')
    .limit(limit)
    .execute()
}

/** Takes a due message for `leaseMs`; null when another process was faster. */
export async function claimMessage(
  ctx: Ctx,
  id: string,
  now: number,
  leaseMs: number,
): Promise<ClaimedMessage | null> {
  const leaseUntil = now + leaseMs
  const row = await ctx.db
    .updateTable('outbox')
    .set((eb) => ({
      state: 'sending',
      lease_until: leaseUntil,
      attempts: eb('attempts', '+', 1),
      // Whoever had it before may have sent it.
      doubtful: eb.case().when('state', '=', 'sending').then(1).else(eb.ref('doubtful')).end(),
    }))
    .where('id', '=', id)
    .where((eb) =>
      eb.or([
        eb.and([eb('state', '=', 'pending'), eb('not_before', '<=', now)]),
        eb.and([eb('state', '=', 'sending'), eb('lease_until', '<=', now)]),
      ]),
    )
    .returning([
      'id',
      'platform',
      'address',
      'kind',
      'target_json',
      'card_json',
      'lane',
      'attempts',
      'created_at',
    ])
    .executeTakeFirst()
  if (!row) return null
  return {
    id: row.id,
    platform: row.platform,
    address: row.address,
    kind: row.kind,
    target: JSON.parse(row.target_json),
    card: JSON.parse(row.card_json),
    lane: row.lane,
    attempts: Number(row.attempts),
    leaseUntil,
    createdAt: Number(row.created_at),
  }
}

/** Delivered. False when the lease had passed to another process meanwhile. */
export function settleSent(ctx: Ctx, message: ClaimedMessage, receipt: Receipt | null): Promise<boolean> {
  return settle(ctx, message, {
    state: 'sent',
    sent_at: ctx.clock.now(),
    receipt: receipt === null ? null : JSON.stringify(receipt),
    error: null,
  })
}

/** Failed for now: due again at `notBefore`. `doubtful`: it may have arrived all the same. */
export function settleRetry(
  ctx: Ctx,
  message: ClaimedMessage,
  { notBefore, error, doubtful }: { notBefore: number; error: string; doubtful: boolean },
): Promise<boolean> {
  return settle(ctx, message, {
    state: 'pending',
    not_before: notBefore,
    error,
    ...(doubtful && { doubtful: 1 }),
  })
}

/**
 * Not tried at all, because the platform takes no calls: due again at `notBefore`, and however often that happens it
 * counts as one attempt (none would let later messages of the chat overtake it).
 */
export function settleUntried(
  ctx: Ctx,
  message: ClaimedMessage,
  notBefore: number,
  error: string,
): Promise<boolean> {
  const attempts = Math.max(1, message.attempts - 1)
  return settle(ctx, message, { state: 'pending', not_before: notBefore, error, attempts })
}

/** Failed for good: a dead letter. */
export function settleDead(ctx: Ctx, message: ClaimedMessage, error: string): Promise<boolean> {
  return settle(ctx, message, { state: 'dead', sent_at: ctx.clock.now(), error })
}

async function settle(
  ctx: Ctx,
  message: ClaimedMessage,
  patch: Pick<
    Updateable<OutboxTable>,
    'state' | 'sent_at' | 'receipt' | 'error' | 'not_before' | 'attempts' | 'doubtful'
  >,
): Promise<boolean> {
  const result = await ctx.db
    .updateTable('outbox')
    .set({ ...patch, lease_until: null })
    .where('id', '=', message.id)
    .where('state', '=', 'sending')
    .where('lease_until', '=', message.leaseUntil)
    .executeTakeFirst()
  return Number(result.numUpdatedRows) === 1
}
