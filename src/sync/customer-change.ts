import { calendarFor } from '../calendar.ts'
import { type Ctx, inTransaction } from '../context.ts'
import type { CustomerChange } from '../model/address-book.ts'
import { noteOfDeleted } from '../model/deleted-contact.ts'
import { customerBehind } from '../store/customer-links.ts'
import { membersBehind } from '../store/directory.ts'
import { addFacts } from '../store/import-facts.ts'
import { changeRelation, othersWith } from '../store/wecom-relations.ts'
import {
  addWaiting,
  dropWaiting,
  dropWaitingBefore,
  type WaitingEvent,
  waitingEvents,
} from '../store/wecom-waiting.ts'

/** Source of the customers and events that WeCom's customer contact brings. */
export const WECOM_CUSTOMERS = 'wecom-customers'

/**
 * Stores what a platform told of a customer as an event, once however often it is told; the event lane makes a card
 * of a deletion within the minute. The event of a customer that no sync has brought yet waits for one.
 * A handover leaves no event, and the customer's adding a member only one that takes a deletion back.
 * @returns whether an event was written or waits
 */
export async function recordCustomerChange(ctx: Ctx, change: CustomerChange): Promise<boolean> {
  return inTransaction(ctx, async (inner) => {
    // The platform's clock may be seconds ahead.
    const at = Math.min(change.at, inner.clock.now())
    const event = await eventOf(inner, change, at)
    if (event === null) return false
    const customerId = await customerBehind(inner, WECOM_CUSTOMERS, event.customer)
    return customerId === null ? addWaiting(inner, event) : addEvent(inner, event, customerId)
  })
}

async function eventOf(ctx: Ctx, change: CustomerChange, at: number): Promise<WaitingEvent | null> {
  const { id: key, kind, user: person, customer } = change
  const about = { customer, person, at }
  if (kind === 'handed-over') {
    await changeRelation(ctx, { ...about, lostBy: 'handover' })
    return null
  }
  if (kind === 'added') {
    const before = await changeRelation(ctx, { ...about, lostBy: null, note: null })
    return before?.note ? { key, customer, kind: 'contact-added', at, note: before.note } : null
  }
  const others = await othersWith(ctx, customer, person)
  const known = await membersBehind(ctx, 'wecom', [person, ...others])
  const [rep = person, ...still] = [person, ...others].map((one) => known.get(one)?.name ?? one)
  if (kind === 'deleted-by-member') {
    await changeRelation(ctx, { ...about, lostBy: 'member' })
    return { key, customer, kind: 'contact-dropped', at, note: noteOfDeleted({ rep, still: [] }) }
  }
  const note = noteOfDeleted({ rep, still })
  await changeRelation(ctx, { ...about, lostBy: 'customer', note })
  return { key, customer, kind: 'contact-deleted', at, note }
}

async function addEvent(
  ctx: Ctx,
  { key, kind, at, note }: WaitingEvent,
  customerId: number,
): Promise<boolean> {
  const added = await addFacts(ctx, 'events', WECOM_CUSTOMERS, [key], {
    customer_id: [customerId],
    kind: [kind],
    at: [at],
    day: [calendarFor(ctx.settings).dayOf(at)],
    channel: ['wecom'],
    note: [note],
  })
  return added > 0
}

const PAGE = 500
/** A customer that no sync lists for so long belongs to nobody the app may see. */
const WAIT_MS = 30 * 86_400_000

/** Gives the events that wait to the customers that a sync has brought since. Returns how many. */
export async function joinWaitingEvents(ctx: Ctx): Promise<number> {
  await dropWaitingBefore(ctx, ctx.clock.now() - WAIT_MS)
  let joined = 0
  for (let after = ''; ; ) {
    const page = await waitingEvents(ctx, after, PAGE)
    const last = page.at(-1)
    if (!last) return joined
    joined += await inTransaction(ctx, (inner) => joinPage(inner, page))
    after = last.key
  }
}

async function joinPage(ctx: Ctx, page: readonly WaitingEvent[]): Promise<number> {
  const joined: string[] = []
  for (const event of page) {
    const customerId = await customerBehind(ctx, WECOM_CUSTOMERS, event.customer)
    if (customerId === null) continue
    await addEvent(ctx, event, customerId)
    joined.push(event.key)
  }
  await dropWaiting(ctx, joined)
  return joined.length
}
