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

/** A card holds nine buttons everywhere, one of which goes back; the rest can be written. */
const SHOWN_OUTCOMES = [
  ...(['interested', 'promised', 'ordered', 'neutral', 'dissatisfied', 'refused'] as const),
  ...(['no-answer', 'resolved'] as const),
]
const SHOWN_REASONS = [
  ...(['price', 'service', 'quality', 'delivery', 'competitor', 'contact-change', 'no-need'] as const),
]
const NONE = 'none'
const MAX_CUSTOMERS = 5

/** The choices for one part of a log, those of the customer from its words and the open cases. */
export async function changeChoices(
  ctx: Ctx,
  call: Pick<Call<unknown>, 'actor' | 'scope' | 'text' | 'today'>,
  { row, customer, field }: { row: FollowUp; customer: { name: string }; field: Changeable },
): Promise<Card> {
  const options = field === 'customer' ? await customersFor(ctx, call, row) : valuesOf(ctx, call, field)
  const listed = field === 'customer'
  return changeChoicesCard({ followUp: row.id, name: customer.name, field, options, listed }, call.text)
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
): { label: string; value: string | number }[] {
  const { outcomes, reasons, change } = text.followUp
  const none = { label: change.none, value: NONE }
  const labelled = (labels: Readonly<Record<string, string>>, ids: readonly string[]) =>
    ids.map((id) => ({ label: labels[id] ?? id, value: id }))
  if (field === 'outcome') return labelled(outcomes, SHOWN_OUTCOMES)
  if (field === 'reason') return [...labelled(reasons, SHOWN_REASONS), none]
  return [...dayChoices(offeredDays(ctx, today), text).map(({ label, day }) => ({ label, value: day })), none]
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
