import { calendarFor } from '../calendar.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { AppError } from '../errors.ts'
import type { Card } from '../model/card.ts'
import type { Relapse } from '../model/case.ts'
import type { Address } from '../model/chat.ts'
import type { Day } from '../model/day.ts'
import type { PushWish } from '../model/push-wish.ts'
import type { Evidence } from '../model/score.ts'
import { logCase } from '../store/case-log.ts'
import { GOOD_NEWS, type GoodNews, goodNewsFor } from '../store/good-news.ts'
import { addressesOf } from '../store/members.ts'
import { type Occasion, occasionFor } from '../store/occasions.ts'
import { rememberPrompt } from '../store/order-prompts.ts'
import { addressKey, addToOutbox, inOutbox } from '../store/outbox.ts'
import { evidenceOf } from '../store/push-candidates.ts'
import { dueAfterWorkdays, markPushed, openOrJoin } from './open-case.ts'
import type { Plan, PlanItem, RepPlan } from './plan.ts'

/** One customer of a digest as its card needs it. */
export interface DigestEntry extends PlanItem {
  readonly caseId: number
  readonly evidence: readonly Evidence[]
  /** At risk again after an earlier case. */
  readonly relapse: Relapse | null
  /** What its play says to do now; null: what the reasons suggest. */
  readonly action: string | null
}

/** Everything a digest card is made of. */
export interface Digest {
  readonly repId: number
  readonly repName: string
  readonly day: Day
  readonly items: readonly DigestEntry[]
  readonly due: RepPlan['due']
  readonly orders: RepPlan['orders']
  readonly news: readonly GoodNews[]
  readonly occasion: Occasion | null
  /** Of customers that are neither among the items nor promised. */
  readonly steps: readonly StepDue[]
  readonly wish?: PushWish
  readonly more: number
}

/** Good news of one morning; more waits for the next. */
const NEWS_PER_DAY = 2

/** Turns facts into a card: push knows no cards. */
export type PresentDigest = (digest: Digest) => Card

/** How customers are worked with: push knows no plays. Both run in the transaction that pushes. */
export interface PlaysOfPush {
  /** Remembers the play of a case that is pushed; returns what to do now where that is not what the reasons suggest. */
  start(
    ctx: Ctx,
    pushed: { readonly customerId: number; readonly caseId: number; readonly day: Day },
  ): Promise<string | null>
  /** Customers of the member's open cases with a step that is due on that day. */
  dueOn(ctx: Ctx, memberId: number, day: Day): Promise<StepDue[]>
}

export interface StepDue {
  readonly customerId: number
  readonly customerName: string
}

export const NO_PLAYS: PlaysOfPush = { start: async () => null, dueOn: async () => [] }

export interface Enqueued {
  /** Digests written now; a second run for the same day writes none. */
  readonly digests: number
  /** Customers in them. */
  readonly customers: number
  /** Reps without an address on any platform: for the administrator. */
  readonly unreachable: readonly number[]
}

/**
 * Opens the cases and writes the digest of every rep, each rep in one transaction. The message's id names rep and
 * day, so that running it twice changes nothing.
 */
export async function enqueuePlan(
  ctx: Ctx,
  plan: Plan,
  present: PresentDigest,
  notBefore: number,
  plays: PlaysOfPush = NO_PLAYS,
): Promise<Enqueued> {
  const unreachable: number[] = []
  let digests = 0
  let customers = 0
  for (const rep of plan.reps) {
    if (rep.memberId === null) continue
    const [to] = await addressesOf(ctx, rep.memberId)
    if (!to) {
      unreachable.push(rep.memberId)
      continue
    }
    if (
      await enqueueRep(ctx, plan.day, { ...rep, memberId: rep.memberId }, { to, present, plays, notBefore })
    ) {
      digests++
      customers += rep.items.length
    }
  }
  return { digests, customers, unreachable }
}

export function digestId(memberId: number, day: Day): string {
  return `digest:${memberId}:${day}`
}

/** Reps of a plan who have no digest of that day yet and can be reached: what is planned for others goes nowhere. */
export async function awaitingDigest(ctx: Ctx, day: Day, memberIds: readonly number[]): Promise<Set<number>> {
  const waiting = new Set<number>()
  for (const id of memberIds) {
    if (await inOutbox(ctx, digestId(id, day))) continue
    if ((await addressesOf(ctx, id)).length > 0) waiting.add(id)
  }
  return waiting
}

/** Of today and of the days off that follow; only where the company wants it. */
async function occasionOf(ctx: Ctx, memberId: number, day: Day): Promise<Occasion | null> {
  if (!ctx.settings.push.occasions) return null
  const before = calendarFor(ctx.settings).nextWorkday(day)
  return occasionFor(ctx, memberId, { from: day, before })
}

async function enqueueRep(
  ctx: Ctx,
  day: Day,
  rep: RepPlan & { readonly memberId: number },
  message: { to: Address; present: PresentDigest; plays: PlaysOfPush; notBefore: number },
): Promise<boolean> {
  const id = digestId(rep.memberId, day)
  try {
    return await inTransaction(ctx, async (ctx) => {
      if (await inOutbox(ctx, id)) return false
      const { plays } = message
      const items = await withPlays(ctx, plays, await openCases(ctx, day, rep.memberId, rep.items), day)
      for (const { customerId, next } of rep.orders) {
        await rememberPrompt(ctx, { customerId, memberId: rep.memberId, after: next.after, on: day })
      }
      const news = await goodNewsFor(ctx, rep.memberId, { day, limit: NEWS_PER_DAY })
      for (const { caseId } of news) await logCase(ctx, { caseId, memberId: null, action: GOOD_NEWS })
      const card = message.present({
        repId: rep.memberId,
        repName: rep.name ?? '',
        day,
        items,
        due: rep.due,
        orders: rep.orders,
        news,
        occasion: await occasionOf(ctx, rep.memberId, day),
        steps: notAmong(await plays.dueOn(ctx, rep.memberId, day), [...items, ...rep.due]),
        ...(rep.wish && { wish: rep.wish }),
        more: rep.more,
      })
      const fresh = await addToOutbox(ctx, {
        id,
        platform: message.to.platform,
        kind: 'send',
        target: message.to,
        address: addressKey(message.to),
        card,
        lane: 'digest',
        notBefore: message.notBefore,
        scoreRunId: rep.items[0]?.scoreRunId ?? null,
      })
      // Another process wrote it between our look and our write: its cases stand, ours are rolled back.
      if (!fresh) throw new DigestExists()
      return true
    })
  } catch (error) {
    if (error instanceof DigestExists) return false
    throw error
  }
}

class DigestExists extends AppError {
  constructor() {
    super('conflict', 'the digest was written by another process')
  }
}

async function openCases(
  ctx: Ctx,
  day: Day,
  memberId: number,
  items: readonly PlanItem[],
): Promise<DigestEntry[]> {
  const evidence = await evidenceOf(
    ctx,
    items.map((item) => item.customerId),
  )
  const entries: DigestEntry[] = []
  for (const item of items) {
    const opened = await openOrJoin(ctx, {
      customerId: item.customerId,
      // Whoever is away keeps the case; that of somebody who left is with the one who is told of it.
      ownerId: item.owner?.active ? item.owner.id : memberId,
      lane: 'digest',
      risk: item.risk,
      band: item.band,
      scoreRunId: item.scoreRunId,
      evidence: evidence.get(item.customerId) ?? [],
      eventId: null,
      dueAt: dueAfterWorkdays(ctx, day, ctx.settings.push.dueWorkdays),
      day,
    })
    await markPushed(ctx, opened.id, { day, band: item.band, mark: digestId(memberId, day) })
    entries.push({ ...item, caseId: opened.id, evidence: opened.why, relapse: opened.relapse, action: null })
  }
  return entries
}

/** After all cases are opened: whoever else locks cases and then lots does it in this order too. */
async function withPlays(
  ctx: Ctx,
  plays: PlaysOfPush,
  entries: readonly DigestEntry[],
  day: Day,
): Promise<DigestEntry[]> {
  const started: DigestEntry[] = []
  for (const one of entries) started.push({ ...one, action: await plays.start(ctx, { ...one, day }) })
  return started
}

function notAmong(steps: readonly StepDue[], shown: readonly { readonly customerId: number }[]): StepDue[] {
  const ids = new Set(shown.map(({ customerId }) => customerId))
  return steps.filter(({ customerId }) => !ids.has(customerId))
}
