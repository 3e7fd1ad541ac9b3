import { toneOf } from '../../cards/at-risk.ts'
import { titleOf } from '../../cards/customer.ts'
import { whyCard } from '../../cards/why.ts'
import type { CustomerView } from '../../chat/customer-view.ts'
import type { Day } from '../../model/day.ts'
import type { Member } from '../../model/member.ts'
import { BOARD_PAGE } from '../../model/pages.ts'
import { PLANNED } from '../../model/planned.ts'
import type { Text } from '../../text/index.ts'
import { type Html, html } from '../html.ts'
import { document, type PageFrame } from './layout.ts'

export interface CustomerPageInput {
  readonly member: Member
  readonly view: CustomerView
  readonly today: Day
  /** Every reason with its points, and the points an average customer has; null without a score. */
  readonly why: Pick<Parameters<typeof whyCard>[0], 'score' | 'evidence' | 'base' | 'whatIf'> | null
  /** Until when the open case wants a follow-up, in words; null without one. */
  readonly dueBy: string | null
}

/** One customer with everything a reader may know of it (A27). */
export function customerPage(input: CustomerPageInput, frame: PageFrame): string {
  const { text } = frame
  const { view, member } = input
  const { customer, score } = view
  const title = titleOf(customer.name, score, text)
  const content = html`<p><a href="${BOARD_PAGE}">← ${text.board.back}</a></p>
<h1>${customer.name} ${score && html`<span class="band ${score.churned ? 'neutral' : toneOf(score.band)}">${standing(view, text)}</span>`}</h1>
<div class="figures">
${factsPart(input, text)}
${whyPart(input, text)}
${contactsPart(view, text)}
${ordersPart(input, text)}
${touchesPart(input, text)}
</div>`
  return document(frame, title, content, member)
}

/** What became of a customer that is gone, for its band warns of nothing any more; else its band. */
function standing({ score }: CustomerView, text: Text): string {
  if (score?.churned) return text.cards.caseStates.lost
  return score === null || score.risk === null ? text.common.insufficient : text.common.bands[score.band]
}

function panel(id: string, title: string, content: Html | readonly Html[]): Html {
  return html`<section class="panel" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${content}</section>`
}

function factsPart({ view, today, dueBy }: CustomerPageInput, text: Text): Html {
  const { board, cards, common, scoring } = text
  const { labels } = cards
  const { score, customer, openCase, nextOn, complaints, ownerName } = view
  const rows: (readonly [string, string])[] = [
    ...(score?.risk != null && !score.churned ? [[labels.risk, common.percent(score.risk)] as const] : []),
    ...(score ? [[labels.tierFigure, common.tiers[score.tier]] as const] : []),
    ...(score ? [[labels.stage, scoring.stages[score.stage] ?? ''] as const] : []),
    ...(score && score.value12m > 0 ? [[labels.value12m, common.money(score.value12m)] as const] : []),
    ...(score?.nextOrder ? [[labels.nextOrder, expected(score.nextOrder, today, text)] as const] : []),
    ...(nextOn === null ? [] : [[labels.next, nextWords(nextOn, today, text)] as const]),
    ...(openCase ? [[labels.case, caseWords(openCase.state, dueBy, text)] as const] : []),
    ...(complaints.length > 0 ? [[labels.complaints, complaintWords(view, today, text)] as const] : []),
    ...(ownerName === null ? [] : [[labels.owner, ownerName] as const]),
    ...(customer.region === null ? [] : [[board.region, customer.region] as const]),
  ]
  return panel(
    'facts-title',
    board.facts,
    html`<dl>${rows.map(([label, value]) => value !== '' && html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
${score ? html`<p class="asof">${cards.asOf(common.day(score.asOf))}</p>` : html`<p class="note">${cards.customer.noScore}</p>`}`,
  )
}

type NextOrder = NonNullable<NonNullable<CustomerView['score']>['nextOrder']>

function expected({ every, due, until }: NextOrder, today: Day, text: Text): string {
  return text.cards.expected.field(every, due, today > until)
}

function nextWords(nextOn: Day, today: Day, text: Text): string {
  const day = text.common.day(nextOn)
  return nextOn < today ? text.cards.customer.overdue(day) : day
}

function caseWords(state: keyof Text['cards']['caseStates'], dueBy: string | null, text: Text): string {
  return [text.cards.caseStates[state], ...(dueBy === null ? [] : [dueBy])].join(' · ')
}

function complaintWords({ complaints }: CustomerView, today: Day, text: Text): string {
  const oldest = complaints[0]?.day ?? today
  return text.cards.customer.complaints(complaints.length, text.common.pastDate(oldest, today))
}

/** The lines that 「为什么」 shows in chat: dated facts with their points, which add up. */
function whyPart({ why, view }: CustomerPageInput, text: Text): Html | null {
  if (why === null) return null
  const card = whyCard({ id: view.customer.id, name: view.customer.name, ...why }, text)
  const lines = (card.facts ?? []).map((fact) => html`<li>${fact}</li>`)
  return panel('why-title', text.board.why, html`<ul class="lines">${lines}</ul>`)
}

function contactsPart({ contacts }: CustomerView, text: Text): Html {
  const { board, cards } = text
  const lines = contacts.map(({ name, role, title, phone }) => {
    const words = [cards.contactRoles[role], ...(title ? [title] : []), ...(phone ? [phone] : [])]
    return html`<li>${name}<span class="facts"> ${words.join(' · ')}</span></li>`
  })
  return listPanel('contacts-title', board.contacts, lines, board.noContacts)
}

function ordersPart({ view, today }: CustomerPageInput, text: Text): Html {
  const { board, common } = text
  const lines = view.orders.map(({ day, amount }) => {
    const money = amount === null ? '' : ` ${common.money(amount)}`
    return html`<li>${common.pastDate(day, today)}${money}</li>`
  })
  return listPanel('orders-title', board.orders, lines, board.noOrders)
}

function touchesPart({ view, today }: CustomerPageInput, text: Text): Html {
  const { board, cards, common, followUp } = text
  const lines = view.touches.map(({ day, kind, effective, outcome, note }) => {
    const logged = effective ? followUp.effective : followUp.touchOnly
    const what = kind === 'follow-up' ? logged : followUp[kind]
    const result = outcome === null ? '' : (followUp.outcomes[outcome] ?? '')
    const on = common.pastDate(day, today)
    const words =
      outcome === PLANNED ? cards.customer.touch(on, result, '') : cards.customer.touch(on, what, result)
    return html`<li>${words}${note !== '' && html`<span class="facts"> ${note}</span>`}</li>`
  })
  return listPanel('touches-title', board.touches, lines, board.noTouches)
}

function listPanel(id: string, title: string, lines: readonly Html[], none: string): Html {
  const list = html`<ul class="lines">${lines}</ul>`
  return panel(id, title, lines.length === 0 ? html`<p class="note">${none}</p>` : list)
}
