import { type Changeable, changeChoicesCard } from '../cards/change-follow-up.ts'
import { dayChoices } from '../cards/day-choices.ts'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import type { Card } from '../model/card.ts'
import type { Correction } from '../retention/correct-follow-up.ts'
import { OUTCOMES, REASONS } from '../retention/understand/lexicon.ts'
import type { FollowUp } from '../store/follow-ups.ts'
import type { Call } from './command.ts'
import { customersIn } from './free-report.ts'
import { pressingCustomers } from './likely-customers.ts'
import { checkDay } from './next-day.ts'
import { offeredDays } from './offered-days.ts'

/** A card holds six buttons everywhere, one of which leads on or back. The first page has what is said most. */
const PAGES: Readonly<Record<'outcome' | 'reason', readonly (readonly string[])[]>> = {
  outcome: [
    ['interested', 'ordered', 'dissatisfied', 'refused', 'no-answer'],
    ['promised', 'renewed', 'neutral', 'resolved', 'lost'],
  ],
  reason: [
    ['price', 'service', 'quality', 'delivery', 'competitor'],
    ['contact-change', 'no-need', 'closed-down', 'channel-switch', 'none'],
  ],
}
const NONE = 'none'
const MAX_CUSTOMERS = 5

/** The choices for one part of a log, those of the customer from its words and the open cases. */
export async function changeChoices(
  ctx: Ctx,
  call: Pick<Call<unknown>, 'actor' | 'scope' | 'text' | 'today'>,
  given: { row: FollowUp; customer: { name: string }; field: Changeable; page: number },
): Promise<Card> {
  const { row, customer, field, page } = given
  const options = field === 'customer' ? await customersFor(ctx, call, row) : valuesOf(ctx, call, field, page)
  const listed = field === 'customer'
  const more = (field === 'outcome' || field === 'reason') && page === 0
  return changeChoicesCard({ followUp: row.id, name: customer.name, field, options, listed, more }, call.text)
}

/**
 * What a pressed choice corrects; null for another customer.
 * @throws AppError `bad-input` for a value that is no choice.
 */
export function correctionOf(
  ctx: Ctx,
  call: Pick<Call<unknown>, 'text' | 'today'>,
  field: Changeable,
  value: string | number,
): Correction | null {
  if (field === 'customer') return null
  if (field === 'next') {
    if (value === NONE) return { nextOn: null }
    checkDay(ctx, call, Number(value))
    return { nextOn: Number(value) }
  }
  if (field === 'reason' && value === NONE) return { reason: null }
  const known: readonly string[] = field === 'outcome' ? OUTCOMES : REASONS
  const chosen = known.find((one) => one === value)
  if (chosen === undefined)
    throw new AppError('bad-input', 'not among the choices', { say: call.text.chat.buttonGone })
  return { [field]: chosen }
}

function valuesOf(
  ctx: Ctx,
  { text, today }: Pick<Call<unknown>, 'text' | 'today'>,
  field: Exclude<Changeable, 'customer'>,
  page: number,
): { label: string; value: string | number }[] {
  const { outcomes, reasons, change } = text.followUp
  const none = { label: change.none, value: NONE }
  if (field === 'next')
    return [
      ...dayChoices(offeredDays(ctx, today), text).map(({ label, day }) => ({ label, value: day })),
      none,
    ]
  const labels = field === 'outcome' ? outcomes : reasons
  const ids = PAGES[field][page] ?? []
  return ids.map((id) => (id === NONE ? none : { label: labels[id] ?? id, value: id }))
}

async function customersFor(
  ctx: Ctx,
  { actor, scope }: Pick<Call<unknown>, 'actor' | 'scope'>,
  { note, customerId }: FollowUp,
): Promise<{ label: string; value: number }[]> {
  const near = [
    ...(await customersIn(ctx, actor, note)),
    ...(await pressingCustomers(ctx, scope, MAX_CUSTOMERS + 1)),
  ].filter(({ id }, at, all) => id !== customerId && all.findIndex((one) => one.id === id) === at)
  return near.slice(0, MAX_CUSTOMERS).map(({ id, name }) => ({ label: name, value: id }))
}
