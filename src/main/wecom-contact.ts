import { UNSCOPED } from '../access.ts'
import { calendarFor } from '../calendar.ts'
import { transferFailedCard, unreadMembersCard } from '../cards/contact-notice.ts'
import type { Ctx } from '../context.ts'
import type { CustomerChange, TransferFailure, UnreadMember } from '../model/address-book.ts'
import { notifyAdmins, notifyLeads } from '../push/notify-admins.ts'
import { customerBehind } from '../store/customer-links.ts'
import { customerById } from '../store/customers.ts'
import { membersBehind } from '../store/directory.ts'
import { memberByIdentity } from '../store/members.ts'
import { markTransferFailed } from '../store/transfers.ts'
import { nameOfListed } from '../store/wecom-relations.ts'
import { recordCustomerChange, WECOM_CUSTOMERS } from '../sync/customer-change.ts'
import { textFor } from '../text/index.ts'

/** What a callback of customer contact leads to: an event of the customer, or a word to those who hand customers over. */
export async function onCustomerChange(ctx: Ctx, change: CustomerChange | TransferFailure): Promise<void> {
  if (change.kind === 'transfer-failed') await tellTransfer(ctx, change)
  else await recordCustomerChange(ctx, change)
}

/**
 * Administrators and the lead of the member who was to take over, once a failure however often it is told; a hand-over of
 * ours is marked, so that the customer's card shows it.
 */
async function tellTransfer(ctx: Ctx, { id, user, customer, reason }: TransferFailure): Promise<void> {
  const text = textFor(ctx.settings.locale)
  const rep = await memberByIdentity(ctx, 'wecom', user)
  const known = await customerBehind(ctx, WECOM_CUSTOMERS, customer)
  const found = known === null ? null : await customerById(ctx, UNSCOPED, known)
  if (found && rep) await markTransferFailed(ctx, { customerId: found.id, toId: rep.id, reason })
  const name = found?.name ?? (await nameOfListed(ctx, customer))
  const card = transferFailedCard({ customer: name, rep: rep?.name ?? user, reason }, text)
  await notifyAdmins(ctx, `transfer:${id}`, card)
  if (rep?.teamId != null) await notifyLeads(ctx, `transfer:${id}`, rep.teamId, card)
}

/** Whose contacts a sync could not read and what to click, to the administrators once a day. */
export async function tellUnread(ctx: Ctx, members: readonly UnreadMember[]): Promise<void> {
  const known = await membersBehind(
    ctx,
    'wecom',
    members.map((one) => one.user),
  )
  const lines = members.map(({ user, say }) => ({ name: known.get(user)?.name ?? user, say }))
  const day = calendarFor(ctx.settings).dayOf(ctx.clock.now())
  await notifyAdmins(ctx, `wecom-unread:${day}`, unreadMembersCard(lines, textFor(ctx.settings.locale)))
}
