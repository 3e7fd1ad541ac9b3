import type { Card, CardAction } from '../model/card.ts'
import type { Case } from '../model/case.ts'
import type { Day } from '../model/day.ts'
import type { Text } from '../text/index.ts'
import { caseActions, raising } from './at-risk.ts'
import { evidenceSentence } from './fact-sentence.ts'
import { clip, fitCard } from './fit-card.ts'

const NAME = 24
const PERSON = 8
const REASONS = 3

/** What goes: the case until it closes, or the customer with it. */
type Thing = 'case' | 'customer'

export interface TransferFacts {
  readonly customer: { readonly id: number; readonly name: string }
  readonly to: string
  readonly what: Thing
  readonly reason: string | null
}

/** 只转这张风险单, or the customer too? The case comes first: the smaller step. */
export function askWhatCard(
  asked: Omit<TransferFacts, 'what'> & {
    readonly things: readonly Thing[]
    readonly payload: Readonly<Record<string, string | number>>
  },
  text: Text,
): Card {
  const words = text.handOver.transfer
  const title = words.ask(clip(asked.customer.name, NAME), clip(asked.to, PERSON))
  return fitCard({
    summary: title,
    title,
    facts: [
      ...asked.things.map((thing) => words.explain[thing]),
      asked.reason === null ? '' : words.reason(asked.reason),
    ],
    actions: asked.things.map((what, index) => ({
      action: 'transfer',
      label: words.things[what],
      ...(index === 0 && { style: 'primary' as const }),
      payload: { ...asked.payload, what },
    })),
  })
}

/** Done, or already so: to the one who passed it on. */
export function transferredCard(given: TransferFacts & { readonly changed: boolean }, text: Text): Card {
  const words = text.handOver.transfer
  const [name, to] = [clip(given.customer.name, NAME), clip(given.to, PERSON)]
  const title = given.changed ? words.done(name, to) : words.already(name, to)
  const undo: CardAction[] = given.changed
    ? [{ action: 'undo', label: text.cards.buttons.undo, payload: {} }]
    : []
  return fitCard({
    summary: title,
    title,
    tone: given.changed ? 'good' : 'neutral',
    facts: given.changed ? [words.told[given.what](to)] : [],
    actions: undo,
  })
}

/** To the one who had it and did not pass it on. */
export function takenCard(given: TransferFacts & { readonly by: string }, text: Text): Card {
  const { customer, to, by, what, reason } = given
  const words = text.handOver.transfer
  const title = words.taken[what](clip(customer.name, NAME), clip(to, PERSON), clip(by, PERSON))
  return fitCard({ summary: title, title, facts: [reason === null ? '' : words.reason(reason)] })
}

/** To the receiver: from whom, why, what was promised, the reasons of the case, and the case's buttons. */
export function receivedCard(
  given: TransferFacts & { readonly by: string; readonly case: Case | null; readonly promised: Day | null },
  text: Text,
): Card {
  const { customer, by, what, reason, promised } = given
  const words = text.handOver.transfer
  const title = words.received(clip(by, PERSON), clip(customer.name, NAME))
  const reasons = raising(given.case?.why ?? []).slice(0, REASONS)
  const show = {
    action: 'customer',
    label: text.cards.buttons.customer,
    payload: { customer: customer.id },
  }
  return fitCard({
    summary: title,
    title,
    tone: 'warning',
    facts: [
      reason === null ? '' : words.reason(reason),
      promised === null ? '' : words.promised(text.common.day(promised)),
      ...reasons.map((one) => evidenceSentence(one, text)),
    ],
    notes: [words.kept[what]],
    actions: given.case
      ? [...caseActions({ caseId: given.case.id, customerId: customer.id }, text, { alert: 1 }), show]
      : [show],
  })
}
