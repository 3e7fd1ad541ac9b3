import type { Ctx } from '../context.ts'
import type { Card } from '../model/card.ts'
import type { Receipt } from '../model/chat.ts'

/** Replies to cards are looked up among this many of the newest in a chat. */
const MAX_SEARCHED = 200

/** A direct chat of a person. */
export interface DirectChat {
  readonly platform: string
  readonly person: string
}

/** The newest cards a person was sent in the direct chat since `since`, newest first. */
export async function cardsShownTo(
  ctx: Ctx,
  chat: DirectChat,
  { since, limit }: { since: number; limit: number },
): Promise<Card[]> {
  const rows = await cardsOf(ctx, chat).where('created_at', '>=', since).limit(limit).execute()
  return rows.map((row): Card => JSON.parse(row.card_json))
}

/** The card that bears this id on its platform, when it went to this person's direct chat; else null. */
export async function cardSentAs(ctx: Ctx, chat: DirectChat, messageId: string): Promise<Card | null> {
  const rows = await cardsOf(ctx, chat).where('receipt', 'is not', null).limit(MAX_SEARCHED).execute()
  const found = rows.find(({ receipt }) => {
    const known: Receipt | null = receipt === null ? null : JSON.parse(receipt)
    return known?.messageId === messageId
  })
  return found ? JSON.parse(found.card_json) : null
}

function cardsOf({ db }: Ctx, { platform, person }: DirectChat) {
  return db
    .selectFrom('outbox')
    .select(['card_json', 'receipt'])
    .where('platform', '=', platform)
    .where('address', '=', `dm:${person}`)
    .where('kind', '=', 'send')
    .orderBy('seq', 'desc')
}
