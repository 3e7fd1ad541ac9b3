import { calendarFor } from '../calendar.ts'
import type { Because } from '../cards/play.ts'
import type { Ctx } from '../context.ts'
import type { Tier } from '../model/churn.ts'
import type { Contact, Customer } from '../model/customer.ts'
import type { Day } from '../model/day.ts'
import type { DraftFields, PlannedPlay } from '../model/play.ts'
import type { Score } from '../model/score.ts'
import { STAGES, type Stage } from '../model/stage.ts'
import { type Cause, causeOf } from '../retention/plays/cause.ts'
import { type ToldReason, toldReason } from '../retention/plays/told-reason.ts'
import { playFor } from '../retention/plays.ts'
import { openCases } from '../store/cases.ts'
import { lastOrders, lastTouches, openComplaints } from '../store/customer-history.ts'
import { contactsOf } from '../store/customers.ts'
import { type Promised, promisedContacts } from '../store/follow-ups.ts'
import { scoreOf } from '../store/scores.ts'
import type { Call } from './command.ts'

/** Contacts by us in which a reason is looked for. */
const LAST_TOUCHES = 10

/** What 打法, 准备 and 草稿 know of a customer. */
export interface CustomerPlay {
  readonly score: Score | null
  readonly tier: Tier
  readonly stage: Stage
  readonly because: Because
  readonly play: PlannedPlay
  readonly lastOrder: Awaited<ReturnType<typeof lastOrders>>[number] | null
  readonly complaints: Awaited<ReturnType<typeof openComplaints>>
  readonly touches: Awaited<ReturnType<typeof lastTouches>>
  readonly contact: Contact | null
  readonly promised: Promised | null
  readonly openCase: number | null
}

/** Reads what is known, within the scope, and finds the play for it. */
export async function customerPlay(
  ctx: Ctx,
  { scope, today }: Pick<Call<unknown>, 'scope' | 'today'>,
  { id }: Pick<Customer, 'id'>,
): Promise<CustomerPlay> {
  const score = await scoreOf(ctx, scope, id)
  const [lastOrder = null] = await lastOrders(ctx, scope, id, 1)
  const complaints = await openComplaints(ctx, scope, id)
  const touches = await lastTouches(ctx, scope, id, LAST_TOUCHES)
  const [contact = null] = await contactsOf(ctx, scope, id)
  const [promised = null] = await promisedContacts(ctx, scope, { customerIds: [id], limit: 1 })
  const [open] = await openCases(ctx, scope, { customerId: id, limit: 1 })
  const calendar = calendarFor(ctx.settings)
  const told = toldReason(touches, { today, calendar }, lastOrder?.day ?? null)
  const evidence = score?.evidence ?? open?.why ?? []
  const cause = causeOf({ openComplaint: complaints.length > 0, told: told?.reason ?? null, evidence })
  const because = becauseOf(cause, complaints[0], told)
  const tier = score?.tier ?? 'unknown'
  const stage = stageOfCustomer(score, lastOrder !== null)
  const { locale } = ctx.settings
  const play = playFor({ tier, stage, cause: cause.id }, { today, calendar, locale })
  const openCase = open?.id ?? null
  return {
    score,
    tier,
    stage,
    because,
    play,
    lastOrder,
    complaints,
    touches,
    contact,
    promised,
    openCase,
  }
}

/** What a reader can check the cause by. */
function becauseOf(
  { from, evidence }: Cause,
  complaint: CustomerPlay['complaints'][number] | undefined,
  told: ToldReason | null,
): Because {
  if (from === 'complaint' && complaint)
    return { kind: 'said', day: complaint.day, words: complaint.text ?? '' }
  if (from === 'told' && told) return { kind: 'said', day: told.day, words: told.note }
  return evidence ? { kind: 'score', evidence } : { kind: 'none' }
}

/** A lost customer is won back, whatever its vocabulary of stages calls it. */
function stageOfCustomer(score: Score | null, hasOrders: boolean): Stage {
  if (score?.churned) return 'churn'
  const known = Object.values(STAGES)
    .flat()
    .find((stage) => stage === score?.stage)
  return known ?? (hasOrders ? 'growth' : 'awareness')
}

/** What a draft may say, each with the field it comes from. */
export function draftFields(
  { today, actor, text }: Pick<Call<unknown>, 'today' | 'actor' | 'text'>,
  { renewalOn }: Pick<Customer, 'renewalOn'>,
  known: Pick<CustomerPlay, 'contact' | 'lastOrder' | 'complaints' | 'promised'>,
): DraftFields {
  const { contact, lastOrder, promised } = known
  const [complaint] = known.complaints
  const day = (on: Day, source: string) => ({ value: text.plays.sayDay(on, today), source })
  return {
    rep: { value: actor.name, source: 'members.name' },
    ...(contact && { contact: { value: contact.name, source: 'contacts.name' } }),
    ...(lastOrder && { lastOrder: day(lastOrder.day, 'events.day') }),
    ...(complaint && { complaint: day(complaint.day, 'events.day') }),
    ...(promised && promised.nextOn >= today && { promise: day(promised.nextOn, 'follow_ups.next_on') }),
    ...(renewalOn !== null && renewalOn >= today && { renewal: day(renewalOn, 'customers.renewal_on') }),
  }
}
