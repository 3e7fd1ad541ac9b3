import type { Scope } from '../access.ts'
import { customersOfCard } from '../cards/customers-of-card.ts'
import type { Ctx } from '../context.ts'
import type { InboundEvent } from '../model/chat.ts'
import { openCases } from '../store/cases.ts'
import { customerById } from '../store/customers.ts'
import { cardSentAs, cardsShownTo } from '../store/shown-cards.ts'

/** A card counts as just read for so long. */
const JUST_READ_MS = 15 * 60_000
const LAST_CARDS = 5

/** A customer a person may mean. */
export interface Candidate {
  readonly id: number
  readonly name: string
}

type Text = Extract<InboundEvent, { kind: 'text' }>

/** The one customer of the card that a text replies to; null when it replies to none, or the card is about several. */
export async function quotedCustomer(
  ctx: Ctx,
  scope: Scope,
  { who, replyTo }: Text,
): Promise<Candidate | null> {
  if (replyTo === undefined) return null
  const card = await cardSentAs(ctx, { platform: who.platform, person: who.id }, replyTo)
  const [only, ...others] = card ? customersOfCard(card) : []
  return only !== undefined && others.length === 0 ? customerById(ctx, scope, only) : null
}

/** The customer of the newest card that is about any, when it is about that one alone. */
export async function lastShown(ctx: Ctx, scope: Scope, { who }: Text): Promise<Candidate | null> {
  const chat = { platform: who.platform, person: who.id }
  const since = ctx.clock.now() - JUST_READ_MS
  for (const card of await cardsShownTo(ctx, chat, { since, limit: LAST_CARDS })) {
    const [first, ...others] = customersOfCard(card)
    if (first === undefined) continue
    return others.length === 0 ? customerById(ctx, scope, first) : null
  }
  return null
}

/** Customers of the most pressing open cases. */
export async function pressingCustomers(ctx: Ctx, scope: Scope, limit: number): Promise<Candidate[]> {
  const cases = await openCases(ctx, scope, { limit })
  return cases.map(({ customerId, customerName }) => ({ id: customerId, name: customerName }))
}
