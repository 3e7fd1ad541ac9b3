import { maskPhone, type Scope } from '../access.ts'
import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import type { Case, Relapse } from '../model/case.ts'
import type { Contact, Customer } from '../model/customer.ts'
import type { Day } from '../model/day.ts'
import type { Member } from '../model/member.ts'
import type { Score } from '../model/score.ts'
import { openCases } from '../store/cases.ts'
import {
  lastOrders,
  lastTouches,
  type OrderLine,
  openComplaints,
  orderDaysOf,
  type TouchLine,
} from '../store/customer-history.ts'
import { contactsOf, customerById } from '../store/customers.ts'
import { earlierCase, relapseOf } from '../store/earlier-case.ts'
import { promisedContacts } from '../store/follow-ups.ts'
import { scoreOf } from '../store/scores.ts'
import { failedTransfer } from '../store/transfers.ts'

/** Everything a reader may know of one customer (A27): the card in chat and the page show the same. */
export interface CustomerView {
  readonly customer: Customer
  /** Null where the reader is the owner. */
  readonly ownerName: string | null
  readonly score: Score | null
  readonly orders: readonly OrderLine[]
  readonly orderDays: readonly Day[]
  readonly touches: readonly TouchLine[]
  readonly complaints: readonly { readonly day: Day; readonly text: string | null }[]
  /** Phone numbers are masked unless the reader is the owner. */
  readonly contacts: readonly Contact[]
  readonly nextOn: Day | null
  readonly openCase: Case | null
  /** How the case before the open one ended: the customer is at risk again. */
  readonly relapse: Relapse | null
  /** WeCom could not move its contact to the owner it was given to. */
  readonly failedTransfer: { readonly to: string; readonly on: Day; readonly reason: string } | null
}

/** One customer with its last `last` orders and touches; null when it is not in scope, or is none. */
export async function customerView(
  ctx: Ctx,
  reader: { readonly actor: Member; readonly scope: Scope; readonly today: Day },
  id: number,
  last: number,
): Promise<CustomerView | null> {
  const { actor, scope, today } = reader
  const customer = await customerById(ctx, scope, id)
  if (!customer) return null
  const own = customer.ownerId === actor.id
  const [openCase] = await openCases(ctx, scope, { customerId: id, limit: 1 })
  const [promised] = await promisedContacts(ctx, scope, { customerIds: [id], limit: 1 })
  const contacts = await contactsOf(ctx, scope, id)
  const earlier = openCase ? await earlierCase(ctx, openCase.earlierId) : null
  const failed = await failedTransfer(ctx, id)
  return {
    customer,
    ownerName: own ? null : customer.ownerName,
    score: await scoreOf(ctx, scope, id),
    orders: await lastOrders(ctx, scope, id, last),
    orderDays: await orderDaysOf(ctx, scope, id, today),
    touches: await lastTouches(ctx, scope, id, last),
    complaints: await openComplaints(ctx, scope, id),
    contacts: contacts.map((one) => ({ ...one, phone: phoneFor(one.phone, own) })),
    nextOn: promised?.nextOn ?? null,
    openCase: openCase ?? null,
    relapse: relapseOf(ctx, earlier),
    failedTransfer: failed && { ...failed, on: calendarFor(ctx.settings).dayOf(failed.at) },
  }
}

/** The owner needs the number to call; everybody else sees it masked. */
function phoneFor(phone: string | null, owner: boolean): string | null {
  return phone === null || owner ? phone : maskPhone(phone)
}
