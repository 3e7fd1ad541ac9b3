import type { Card } from '../model/card.ts'
import { type CaseOutcome, LOST_REASONS, type LostReason } from '../model/case.ts'
import type { Day } from '../model/day.ts'
import type { Text } from '../text/index.ts'
import { caseCard } from './case.ts'
import { clip, fitCard } from './fit-card.ts'

const NAME = 24
/** A card holds six buttons everywhere, one of which leads on or back. */
const PAGE = 5

/** Why was it lost? One tap; the cause told in the follow-ups stands first, what is rarer on a second page. */
export function askLostCard(
  {
    customer,
    on,
    payload,
    told,
    page,
  }: {
    readonly customer: { readonly id: number; readonly name: string }
    readonly on: Day
    readonly payload: Readonly<Record<string, number>>
    readonly told: LostReason | null
    readonly page: number
  },
  text: Text,
): Card {
  const words = text.sla.outcome
  const title = words.askReason(clip(customer.name, NAME))
  const reasons = [...LOST_REASONS].sort((a, b) => Number(b === told) - Number(a === told))
  const asked = { ...payload, customer: customer.id, on, question: 1 }
  return fitCard({
    summary: title,
    title,
    facts: [words.countsFrom(text.common.day(on))],
    actions: [
      ...reasons.slice(page * PAGE, (page + 1) * PAGE).map((reason) => ({
        action: 'lost',
        ...(reason === told && { style: 'primary' as const }),
        label: text.sla.lostReasons[reason],
        payload: { ...asked, reason },
      })),
      {
        action: 'lost',
        label: page === 0 ? text.followUp.change.more : text.followUp.change.back,
        payload: { ...asked, page: 1 - page },
      },
    ],
  })
}

/** Registered, or registered before. */
export function lostCard(
  given: {
    readonly customer: { readonly id: number; readonly name: string }
    readonly reason: LostReason
    readonly changed: boolean
    readonly on: Day
    readonly winBackOn: Day | null
    readonly case: { readonly id: number } | null
  },
  text: Text,
): Card {
  const words = text.sla.outcome
  const name = clip(given.customer.name, NAME)
  const title = given.changed ? words.lost(name, text.sla.lostReasons[given.reason]) : words.lostBefore(name)
  const show = {
    action: 'customer',
    label: text.cards.buttons.customer,
    payload: { customer: given.customer.id },
  }
  return fitCard({
    summary: title,
    title,
    facts: [
      words.countsFrom(text.common.day(given.on)),
      given.case ? words.caseClosed : '',
      given.winBackOn === null ? '' : words.winBack(text.common.day(given.winBackOn)),
    ],
    actions: [
      ...(given.changed ? [{ action: 'undo', label: text.cards.buttons.undo, payload: {} }] : []),
      show,
    ],
  })
}

/** Claimed as won back; an order proves it. */
export function wonCard(outcome: CaseOutcome, text: Text): Card {
  return caseCard(outcome, text.sla.outcome.claimed, text)
}
