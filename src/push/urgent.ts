import { UNSCOPED } from '../access.ts'
import { calendarFor } from '../calendar.ts'
import { type Ctx, inTransaction } from '../context.ts'
import type { Card } from '../model/card.ts'
import type { Day } from '../model/day.ts'
import { readDeleted } from '../model/deleted-contact.ts'
import { urgentMark, urgentPushes } from '../store/case-log.ts'
import { openCaseOf } from '../store/cases.ts'
import { orderDaysOf } from '../store/customer-history.ts'
import { dutyOn } from '../store/duty.ts'
import { type LaneEvent, laneEvents, newestEventId } from '../store/lane-events.ts'
import { addressesOf } from '../store/members.ts'
import { addressKey, addToOutbox } from '../store/outbox.ts'
import { evidenceOf, type ScoredCustomer, scoredCustomer } from '../store/push-candidates.ts'
import { type DigestEntry, NO_PLAYS, type PlaysOfPush } from './enqueue.ts'
import { eventEvidence } from './event-evidence.ts'
import { eventsSeen, lookFrom, rememberSeen } from './events-seen.ts'
import { markPushed, openOrJoin } from './open-case.ts'

/** Turns one customer into an urgent card. */
export type PresentUrgent = (entry: UrgentEntry, day: Day) => Card

/** One customer of an urgent card: with who gets it, and all its order days, oldest first. */
export type UrgentEntry = DigestEntry & { readonly receiver: number; readonly orders: readonly Day[] }

export interface UrgentReport {
  readonly events: number
  readonly cards: number
  /** Their cases wait for the next digest: the day's urgent cards are used up. */
  readonly deferred: number
  /** Nobody to tell: no owner, an inactive one, or one without an address. */
  readonly homeless: readonly LaneEvent[]
}

/** Ids read at once: a look over a large import stays short. */
const PAGE = 20_000
const MAX_AGE_DAYS = 30

/**
 * The event lane: complaints, contacts that changed or were deleted, cancellations and low answers to surveys since the last look open or join a case and go to
 * the owner at once in work hours, else when work starts. An event whose time to answer has passed already (an
 * old row that was imported late) is left to the score.
 */
export async function pushUrgentEvents(
  ctx: Ctx,
  present: PresentUrgent,
  plays: PlaysOfPush = NO_PLAYS,
): Promise<UrgentReport> {
  const newest = await newestEventId(ctx)
  const seen = await eventsSeen(ctx, newest)
  const handled = new Set(seen.handled)
  const since = calendarFor(ctx.settings).dayOf(ctx.clock.now()) - MAX_AGE_DAYS
  const fresh: LaneEvent[] = []
  for (let after = lookFrom(seen); after < newest; after += PAGE) {
    const page = await laneEvents(ctx, { after, upTo: Math.min(newest, after + PAGE), since })
    fresh.push(...page.filter((event) => !handled.has(event.id) && timely(ctx, event)))
  }
  const ends: { event: LaneEvent; end: End }[] = []
  for (const event of fresh) ends.push({ event, end: await pushEvent(ctx, event, { present, plays }) })
  if (fresh.length > 0 || newest !== seen.upTo) {
    await rememberSeen(ctx, newest, [...seen.handled, ...fresh.map((event) => event.id)])
  }
  const count = (end: End): number => ends.filter((one) => one.end === end).length
  return {
    events: fresh.length,
    cards: count('sent'),
    deferred: count('deferred'),
    homeless: ends.filter((one) => one.end === 'homeless').map((one) => one.event),
  }
}

type End = 'sent' | 'deferred' | 'homeless' | 'known'

function timely(ctx: Ctx, event: LaneEvent): boolean {
  return event.at <= ctx.clock.now() && dueAfter(ctx, event.at) > ctx.clock.now()
}

function dueAfter(ctx: Ctx, at: number): number {
  const minutes = ctx.settings.push.eventDueWorkHours * 60
  return calendarFor(ctx.settings).addWorkMinutes(at, minutes)
}

function pushEvent(
  ctx: Ctx,
  event: LaneEvent,
  { present, plays }: { readonly present: PresentUrgent; readonly plays: PlaysOfPush },
): Promise<End> {
  return inTransaction(ctx, async (ctx) => {
    const customer = await scoredCustomer(ctx, event.customerId)
    if (!customer?.owner) return 'homeless'
    if (isForSomebodyElse(event, customer.owner.name)) return 'known'
    const calendar = calendarFor(ctx.settings)
    const notBefore = calendar.nextWorkTime(ctx.clock.now())
    const day = calendar.dayOf(notBefore)
    const receiver = (await dutyOn(ctx, day)).receiverOf(customer.owner.id)
    const [to] = receiver ? await addressesOf(ctx, receiver.id) : []
    if (!receiver || !to) return 'homeless'
    const known = await openCaseOf(ctx, event.customerId)
    if (known && (known.eventId ?? 0) >= event.id) return 'known'
    const owner = customer.owner.active ? customer.owner.id : receiver.id
    const opened = await openEventCase(ctx, event, customer, { owner, receiver: receiver.id, day })
    const entry = { ...opened, action: await plays.start(ctx, { ...opened, day }) }
    const used = await urgentPushes(ctx, receiver.id, day)
    if (used >= ctx.settings.push.urgentPerDay) return 'deferred'
    await addToOutbox(ctx, {
      id: `event:${event.id}:${receiver.id}`,
      platform: to.platform,
      kind: 'send',
      target: to,
      address: addressKey(to),
      card: present(entry, day),
      lane: 'urgent',
      notBefore,
      caseId: entry.caseId,
      scoreRunId: entry.scoreRunId,
    })
    await markPushed(ctx, entry.caseId, { day, band: entry.band, mark: urgentMark(day, receiver.id) })
    return 'sent'
  })
}

/**
 * The customer removed a colleague of the owner and kept others of us: no news that interrupts, the score and 「为什么」
 * tell it.
 */
function isForSomebodyElse({ kind, text }: LaneEvent, owner: string): boolean {
  if (kind !== 'contact-deleted') return false
  const { rep, still } = readDeleted(text)
  return still.length > 0 && rep !== owner
}

async function openEventCase(
  ctx: Ctx,
  event: LaneEvent,
  customer: ScoredCustomer,
  { owner, receiver, day }: { readonly owner: number; readonly receiver: number; readonly day: Day },
): Promise<Omit<UrgentEntry, 'action'>> {
  const news = eventEvidence(event, day)
  const scored = (await evidenceOf(ctx, [event.customerId])).get(event.customerId) ?? []
  const { id, why, relapse } = await openOrJoin(ctx, {
    customerId: event.customerId,
    ownerId: owner,
    lane: 'event',
    risk: customer.risk,
    band: customer.band,
    scoreRunId: customer.scoreRunId,
    evidence: [news, ...scored.filter((one) => one.signal !== news.signal)],
    eventId: event.id,
    // From when the rep can know: an event that became known late leaves the same time to answer.
    dueAt: dueAfter(ctx, ctx.clock.now()),
    day,
  })
  const orders = await orderDaysOf(ctx, UNSCOPED, event.customerId, day)
  return { ...customer, rank: 1, reason: 'event', caseId: id, receiver, evidence: why, relapse, orders }
}
