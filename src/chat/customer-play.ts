import type { Because } from '../cards/play.ts'
import type { Ctx } from '../context.ts'
import type { Tier } from '../model/churn.ts'
import type { Contact, Customer } from '../model/customer.ts'
import type { Day } from '../model/day.ts'
import type { DraftFields, PlannedPlay } from '../model/play.ts'
import type { Score } from '../model/score.ts'
import type { Stage } from '../model/stage.ts'
import { shippedPlays } from '../retention/plays/book.ts'
import { currentPlay } from '../retention/plays/current.ts'
import { type Situation, situationOf } from '../retention/plays/situation.ts'
import { contactsOf } from '../store/customers.ts'
import { type Promised, promisedContacts } from '../store/follow-ups.ts'
import type { Call } from './command.ts'

/** What 打法, 准备 and 草稿 know of a customer. */
export interface CustomerPlay {
  readonly score: Score | null
  readonly tier: Tier
  readonly stage: Stage
  readonly because: Because
  readonly cause: string
  readonly play: PlannedPlay
  readonly lastOrder: Situation['lastOrder']
  readonly complaints: Situation['complaints']
  readonly touches: Situation['touches']
  readonly contact: Contact | null
  readonly promised: Promised | null
  readonly openCase: number | null
}

/** Reads what is known, within the scope, and the play for it. */
export async function customerPlay(
  ctx: Ctx,
  { scope, today }: Pick<Call<unknown>, 'scope' | 'today'>,
  { id }: Pick<Customer, 'id'>,
): Promise<CustomerPlay> {
  const situation = await situationOf(ctx, scope, id, today)
  const { score, lastOrder, complaints, touches, open, cell } = situation
  const { play, cause } = await currentPlay(ctx, scope, id, { situation, today })
  const [contact = null] = await contactsOf(ctx, scope, id)
  const [promised = null] = await promisedContacts(ctx, scope, { customerIds: [id], limit: 1 })
  const { tier, stage } = cell
  const because = becauseOf(cause, situation)
  const openCase = open?.id ?? null
  return {
    ...{ score, tier, stage, because, cause, play, lastOrder, complaints, touches, contact, promised },
    openCase,
  }
}

/** What a reader can check the cause of the play by. */
function becauseOf(id: string, { cause, complaints: [complaint], told, score, open }: Situation): Because {
  if (cause.id !== id) {
    const { causeOfSignal } = shippedPlays()
    const evidence = [...(score?.evidence ?? []), ...(open?.why ?? [])].find(
      (one) => one.points > 0 && causeOfSignal.get(one.signal) === id,
    )
    return evidence ? { kind: 'score', evidence } : { kind: 'none' }
  }
  if (cause.from === 'complaint' && complaint)
    return { kind: 'said', day: complaint.day, words: complaint.text ?? '' }
  if (cause.from === 'told' && told) return { kind: 'said', day: told.day, words: told.note }
  return cause.evidence ? { kind: 'score', evidence: cause.evidence } : { kind: 'none' }
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
