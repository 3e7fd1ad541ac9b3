import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import type { Card } from '../model/card.ts'
import type { Address } from '../model/chat.ts'
import { addressKey } from './outbox.ts'

/** A push that waits for its time, its turn or its platform, and certainly did not arrive. */
export interface WaitingPush {
  readonly id: string
  readonly memberId: number
  readonly notBefore: number
  readonly card: Card
}

/** Digests and urgent cards that no platform has taken, with whom they are for; none of which that is in doubt. */
export async function waitingPushes(ctx: Ctx): Promise<WaitingPush[]> {
  const rows = await ctx.db
    .selectFrom('outbox')
    .innerJoin('identities', (join) =>
      join
        .onRef('identities.platform', '=', 'outbox.platform')
        .on('outbox.address', '=', sql<string>`'dm:' || identities.person`),
    )
    .select(['outbox.id', 'outbox.not_before', 'outbox.card_json', 'identities.member_id'])
    .where('outbox.state', '=', 'pending')
    .where('outbox.kind', '=', 'send')
    .where('outbox.lane', 'in', ['digest', 'urgent'])
    .where('outbox.doubtful', '=', 0)
    .orderBy('outbox.seq')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    memberId: Number(row.member_id),
    notBefore: Number(row.not_before),
    card: JSON.parse(row.card_json),
  }))
}

/** Gives a waiting push another address, where its attempts begin anew; false when it is on its way already. */
export async function redirectPush(ctx: Ctx, id: string, to: Address, card: Card): Promise<boolean> {
  const row = {
    platform: to.platform,
    target_json: JSON.stringify(to),
    address: addressKey(to),
    card_json: JSON.stringify(card),
    attempts: 0,
    error: null,
  }
  const result = await ctx.db
    .updateTable('outbox')
    .set(row)
    .where('id', '=', id)
    .where('state', '=', 'pending')
    .where('doubtful', '=', 0)
    .executeTakeFirst()
  return Number(result.numUpdatedRows) === 1
}

/** A waiting push that nobody is there for: the administrator finds it among what was not delivered. */
export async function giveUpPush(ctx: Ctx, id: string, error: string): Promise<void> {
  await ctx.db
    .updateTable('outbox')
    .set({ state: 'dead', sent_at: ctx.clock.now(), error })
    .where('id', '=', id)
    .where('state', '=', 'pending')
    .where('doubtful', '=', 0)
    .execute()
}
