import { z } from 'zod'
import { scopeOf } from '../access.ts'
import { type CaseMark, caseIdOf, markDigest } from '../cards/digest.ts'
import type { Ctx } from '../context.ts'
import type { Card } from '../model/card.ts'
import type { Day } from '../model/day.ts'
import { actedSince } from '../retention/cases.ts'
import { caseFor } from '../store/cases.ts'
import { promisedContacts } from '../store/follow-ups.ts'
import { sentDigest } from '../store/sent-digest.ts'
import type { Call, Reply } from './command.ts'

const MAX_PROMISED = 500
/** Out of the actor's sight: its customer has another owner. */
const GONE: CaseMark = { state: 'open', snoozedUntil: null, acted: false, passed: true }

/** What every case button carries: the case, and on which card the button stands. */
export const CaseArgs = z.object({
  case: z.number().int().positive(),
  /** On the digest of this day. */
  digest: z.number().int().optional(),
  /** On a card that is about this case alone. */
  alert: z.literal(1).optional(),
  /** On our question about this case. */
  question: z.literal(1).optional(),
})

/**
 * Answers a case button: the card it stands on shows the new state in place (a digest keeps its other items),
 * and today's digest follows when the button stood elsewhere.
 */
export async function caseReply(
  ctx: Ctx,
  call: Pick<Call<z.infer<typeof CaseArgs>>, 'actor' | 'args' | 'text' | 'today'>,
  card: Card,
): Promise<Reply> {
  const { args, today } = call
  if (args.digest !== undefined) {
    const digest = await digestNow(ctx, call, args.digest)
    return { cards: [card], ...(digest && { update: digest.card }) }
  }
  const refresh = await refreshedDigest(ctx, call, today)
  return args.alert || args.question ? { cards: [], update: card, refresh } : { cards: [card], refresh }
}

/** Today's digest as it stands now, when it was delivered and can be changed. */
export async function refreshedDigest(
  ctx: Ctx,
  call: Pick<Call<unknown>, 'actor' | 'text'>,
  day: Day,
): Promise<NonNullable<Reply['refresh']>> {
  const digest = await digestNow(ctx, call, day)
  return digest?.token ? [{ token: digest.token, card: digest.card }] : []
}

async function digestNow(ctx: Ctx, { actor, text }: Pick<Call<unknown>, 'actor' | 'text'>, day: Day) {
  const sent = await sentDigest(ctx, actor.id, day)
  if (!sent) return null
  const marks = new Map<number, CaseMark>()
  for (const item of sent.card.items ?? []) {
    const caseId = caseIdOf(item)
    const one = caseId === null ? null : await caseFor(ctx, scopeOf(actor), caseId)
    if (caseId !== null && !one) marks.set(caseId, GONE)
    const passed = one?.handed && one.ownerId !== actor.id && !actor.reach?.members.includes(one.ownerId)
    if (one) marks.set(one.id, { ...one, acted: await actedSince(ctx, one.id, day), passed: passed === true })
  }
  const promised = await promisedContacts(ctx, scopeOf(actor), { until: day, limit: MAX_PROMISED })
  const due = new Set(promised.map((one) => one.customerId))
  return { token: sent.token, card: markDigest(sent.card, { marks, due }, day, text) }
}
