import type { Card, CardAction } from '../model/card.ts'
import { type CaseOutcome, type CaseState, LOST_REASONS, type LostReason } from '../model/case.ts'
import type { Day } from '../model/day.ts'
import type { Text } from '../text/index.ts'
import { caseCard } from './case.ts'
import { clip, fitCard } from './fit-card.ts'

const NAME = 24

/** 挽回 and 流失, for a case that waits for its result. */
export function outcomeActions(
  item: { readonly caseId: number; readonly customerId: number; readonly state: CaseState },
  text: Text,
): CardAction[] {
  if (item.state !== 'waiting') return []
  const { buttons } = text.sla.outcome
  const payload = { case: item.caseId, customer: item.customerId }
  return [
    { action: 'won', label: buttons.won, payload },
    { action: 'lost', label: buttons.lost, payload },
  ]
}

/** Why was it lost? Ten causes, one tap; the one told in the follow-ups stands first. */
export function askLostCard(
  {
    customer,
    on,
    payload,
    told,
  }: {
    readonly customer: { readonly id: number; readonly name: string }
    readonly on: Day
    readonly payload: Readonly<Record<string, number>>
    readonly told: LostReason | null
  },
  text: Text,
): Card {
  const words = text.sla.outcome
  const title = words.askReason(clip(customer.name, NAME))
  return fitCard({
    summary: title,
    title,
    facts: [words.countsFrom(text.common.day(on))],
    actions: [...LOST_REASONS]
      .sort((a, b) => Number(b === told) - Number(a === told))
      .map((reason) => ({
        action: 'lost',
        ...(reason === told && { style: 'primary' as const }),
        label: text.sla.lostReasons[reason],
        payload: { ...payload, customer: customer.id, reason, on, question: 1 },
      })),
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
