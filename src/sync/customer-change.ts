import { calendarFor } from '../calendar.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { customerBehind } from '../store/customer-links.ts'
import { addFacts, idsByKey } from '../store/import-facts.ts'
import { memberByIdentity } from '../store/members.ts'
import { textFor } from '../text/index.ts'
import { WECOM_CUSTOMERS } from './connectors/wecom-customers.ts'

/** A customer and a member found or left each other in WeChat. */
export interface CustomerChange {
  readonly id: string
  readonly at: number
  readonly kind: 'deleted-by-customer' | 'deleted-by-member' | 'added'
  readonly user: string
  readonly customer: string
}

/**
 * Stores what a platform told of a customer as an event, once however often it is told; the event lane makes a card
 * of it within the minute. A customer that no sync has brought yet is created and belongs to the member.
 */
export async function recordCustomerChange(ctx: Ctx, change: CustomerChange): Promise<boolean> {
  const { kind, id } = change
  if (kind === 'added') return false
  return inTransaction(ctx, async (inner) => {
    // The platform's clock may be seconds ahead.
    const at = Math.min(change.at, inner.clock.now())
    const member = await memberByIdentity(inner, 'wecom', change.user)
    const known = await customerBehind(inner, WECOM_CUSTOMERS, change.customer)
    const customerId = known ?? (await create(inner, change.customer, member?.id ?? null))
    const words = textFor(inner.settings.locale).sync
    const rep = member?.name ?? change.user
    const note = kind === 'deleted-by-customer' ? words.deletedByCustomer(rep) : words.deletedByMember(rep)
    const added = await addFacts(inner, 'events', WECOM_CUSTOMERS, [id], {
      customer_id: [customerId],
      kind: ['contact-change'],
      at: [at],
      day: [calendarFor(inner.settings).dayOf(at)],
      channel: ['wecom'],
      note: [note],
    })
    return added > 0
  })
}

async function create(ctx: Ctx, key: string, ownerId: number | null): Promise<number> {
  await addFacts(ctx, 'customers', WECOM_CUSTOMERS, [key], { name: [key], owner_id: [ownerId] })
  const ids = await idsByKey(ctx, 'customers', WECOM_CUSTOMERS, [key])
  const id = ids.get(key)
  if (id === undefined) throw new RangeError(`the customer was not created: ${key}`)
  return id
}
