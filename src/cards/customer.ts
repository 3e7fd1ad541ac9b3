import type { Card, CardAction } from '../model/card.ts'
import type { CaseState, Relapse } from '../model/case.ts'
import type { ContactRole } from '../model/customer.ts'
import type { Day } from '../model/day.ts'
import { customerPagePath } from '../model/pages.ts'
import { PLANNED } from '../model/planned.ts'
import type { Score } from '../model/score.ts'
import type { Text } from '../text/index.ts'
import { raising, relapseWords, toneOf } from './at-risk.ts'
import { evidenceSentence } from './fact-sentence.ts'
import { clip, fitCard } from './fit-card.ts'
import { outcomeActions } from './outcome-actions.ts'
import { ownCycleChart } from './own-cycle-chart.ts'

/** What the 360 card shows; what is missing is left out. */
export interface CustomerCardInput {
  readonly id: number
  readonly name: string
  readonly ownerName: string | null
  readonly score: Score | null
  /** Newest first. `amount` in 分. */
  readonly orders: readonly { readonly day: Day; readonly amount: number | null }[]
  readonly touches: readonly {
    readonly day: Day
    readonly kind: 'follow-up' | 'visit' | 'touch'
    readonly effective: boolean
    readonly outcome: string | null
    readonly reason?: string | null
  }[]
  readonly complaints: readonly { readonly day: Day }[]
  /** Phone numbers already masked where the reader may not see them. */
  readonly contacts: readonly {
    readonly name: string
    readonly role: ContactRole
    readonly phone: string | null
  }[]
  readonly nextOn: Day | null
  readonly openCase: { readonly id: number; readonly state: CaseState } | null
  /** How its last case ended, when it is at risk again. */
  readonly relapse?: Relapse | null
  /** WeCom could not move its contact to the new owner. */
  readonly failedTransfer?: { readonly to: string; readonly on: Day; readonly reason: string } | null
  /** All order days, oldest first, for the picture. */
  readonly orderDays?: readonly Day[]
  readonly today: Day
}

const MAX_REASONS = 2
const NAME_CHARS = 30

/** One customer on one screen: tier, stage, risk and why, orders, touches, complaints, contacts, next date. */
export function customerCard(input: CustomerCardInput, text: Text): Card {
  const { labels, customer: words } = text.cards
  const { score } = input
  const reasons = score ? raising(score.evidence).slice(0, MAX_REASONS) : []
  const sentences = reasons.map((one) => evidenceSentence(one, text))
  const name = clip(input.name, NAME_CHARS)
  const field = (label: string, value: string): { label: string; value: string } => ({ label, value })
  return fitCard({
    summary: words.summary(name, sentences[0] ?? portrait(input, text)),
    title: titleOf(name, score, text),
    page: customerPagePath(input.id),
    ...(score && { tone: score.churned ? 'neutral' : toneOf(score.band) }),
    ...figureOf(score, text),
    fields: [
      field(labels.portrait, portrait(input, text)),
      field(
        labels.orders,
        input.orders.map((one) => orderWords(one, input.today, text)).join(text.cards.comma),
      ),
      field(
        labels.touches,
        input.touches.map((one) => touchWords(one, input.today, text)).join(text.cards.comma),
      ),
      field(labels.complaints, complaintWords(input, text)),
      field(labels.contacts, contactWords(input, text)),
      field(labels.nextOrder, nextOrderWords(input, text)),
      field(labels.next, nextWords(input, text)),
      field(text.wecomContact.transfer.label, failedWords(input, text)),
    ],
    facts: score ? sentences : [words.noScore],
    ...ownCycleChart(input.orderDays ?? [], score?.asOf ?? input.today, score?.evidence ?? [], text),
    notes: score ? [text.cards.asOf(text.common.day(score.asOf))] : [],
    actions: actionsOf(input, text),
  })
}

/** Name and band; of a lost customer that it is lost, for its band is no warning any more. */
export function titleOf(name: string, score: Score | null, text: Text): string {
  const words = text.cards.customer
  if (score?.churned) return words.lostTitle(name)
  return words.title(name, score && score.risk !== null ? text.common.bands[score.band] : null)
}

function figureOf(score: Score | null, text: Text): Pick<Card, 'figure'> {
  if (!score || score.churned) return {}
  if (score.risk === null)
    return { figure: { value: text.common.insufficient, label: text.cards.labels.risk } }
  return { figure: { value: text.common.percent(score.risk), label: text.cards.labels.risk } }
}

function portrait({ score, ownerName, openCase, relapse }: CustomerCardInput, text: Text): string {
  const owner = ownerName ? [`${text.cards.labels.owner} ${clip(ownerName, 10)}`] : []
  const again = relapseWords(relapse, text)
  const state = openCase
    ? [`${text.cards.labels.case} ${text.cards.caseStates[openCase.state]}`, ...(again === '' ? [] : [again])]
    : []
  if (!score) return [...owner, ...state].join(' · ')
  const tier = score.tier === 'unknown' ? [] : [text.cards.tierWord(text.common.tiers[score.tier])]
  const value = score.value12m > 0 ? [text.cards.perYear(text.common.money(score.value12m))] : []
  const stage = text.scoring.stages[score.stage]
  return [...tier, ...value, ...(stage ? [stage] : []), ...owner, ...state].join(' · ')
}

function orderWords(order: CustomerCardInput['orders'][number], today: Day, text: Text): string {
  const day = text.common.pastDate(order.day, today)
  return order.amount === null ? day : `${day} ${text.common.money(order.amount)}`
}

/** 11/23 有效跟进 有意向 · 价格; what is only planned is no contact yet. */
function touchWords(touch: CustomerCardInput['touches'][number], today: Day, text: Text): string {
  const words = text.followUp
  const day = text.common.pastDate(touch.day, today)
  const outcome = touch.outcome === null ? '' : (words.outcomes[touch.outcome] ?? '')
  if (touch.outcome === PLANNED) return text.cards.customer.touch(day, outcome, '')
  const logged = touch.effective ? words.effective : words.touchOnly
  const kind = touch.kind === 'follow-up' ? logged : words[touch.kind]
  const reason = touch.reason ? (words.reasons[touch.reason] ?? '') : ''
  const result = [outcome, reason].filter((one) => one !== '').join(' · ')
  return text.cards.customer.touch(day, kind, result)
}

function complaintWords({ complaints, today }: CustomerCardInput, text: Text): string {
  if (complaints.length === 0) return ''
  const oldest = Math.min(...complaints.map(({ day }) => day))
  return text.cards.customer.complaints(complaints.length, text.common.pastDate(oldest, today))
}

function contactWords({ contacts }: CustomerCardInput, text: Text): string {
  const { customer, contactRoles, comma } = text.cards
  const shown = contacts.slice(0, 3)
  return shown
    .map((one) => customer.contact(clip(one.name, 8), contactRoles[one.role], one.phone ?? ''))
    .join(comma)
}

function nextOrderWords({ score, today }: CustomerCardInput, text: Text): string {
  if (!score?.nextOrder) return ''
  const { every, due, until } = score.nextOrder
  return text.cards.expected.field(every, due, today > until)
}

function nextWords({ nextOn, today }: CustomerCardInput, text: Text): string {
  if (nextOn === null) return ''
  const day = text.common.day(nextOn)
  return nextOn < today ? text.cards.customer.overdue(day) : day
}

function failedWords({ failedTransfer, today }: CustomerCardInput, text: Text): string {
  if (!failedTransfer) return ''
  const { short, failed } = text.wecomContact.transfer
  const { to, on, reason } = failedTransfer
  return failed(clip(to, 8), text.common.pastDate(on, today), short[reason] ?? short.unknown ?? '')
}

/**
 * Six buttons at most. Of a case that waits for its result the ends stand first, and what is rarely needed then stays
 * behind 为什么.
 */
function actionsOf({ id, openCase }: CustomerCardInput, text: Text): CardAction[] {
  const { buttons } = text.cards
  const ids = openCase ? { case: openCase.id, customer: id } : { customer: id }
  const ends = openCase ? outcomeActions({ ...openCase, caseId: openCase.id, customerId: id }, text) : []
  const button = (action: 'why' | 'tier' | 'play') => ({
    action,
    label: buttons[action],
    payload: { customer: id },
  })
  const first: CardAction[] =
    openCase && ends.length === 0
      ? [{ action: 'contacted', label: buttons.contacted, style: 'primary', payload: ids }]
      : ends
  return [
    ...first,
    button('why'),
    ...(ends.length === 0 ? [button('tier')] : []),
    button('play'),
    ...(openCase ? [{ action: 'snooze', label: buttons.snooze, payload: ids }] : []),
    { action: 'transfer', label: buttons.transfer, payload: ids },
  ]
}
