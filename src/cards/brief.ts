import type { Card } from '../model/card.ts'
import type { ContactRole } from '../model/customer.ts'
import type { Day } from '../model/day.ts'
import { customerPagePath } from '../model/pages.ts'
import type { Evidence } from '../model/score.ts'
import type { Text } from '../text/index.ts'
import { raising } from './at-risk.ts'
import { factSentence } from './fact-sentence.ts'
import { clip, fitCard } from './fit-card.ts'
import { buttons, contactedButton } from './play.ts'

/** What a rep should know before a call; what is missing is left out. */
export interface BriefInput {
  readonly id: number
  readonly name: string
  readonly today: Day
  /** Of the latest score; empty without one. */
  readonly evidence: readonly Evidence[]
  /** `amount` in 分. */
  readonly lastOrder: { readonly day: Day; readonly amount: number | null } | null
  /** The most pressing first. */
  readonly complaints: readonly {
    readonly id: number
    readonly kind: 'complaint' | 'ticket'
    readonly day: Day
    readonly text: string | null
  }[]
  /** Newest first. */
  readonly touches: readonly {
    readonly day: Day
    readonly kind: 'follow-up' | 'visit' | 'touch'
    readonly effective: boolean
    readonly outcome: string | null
    readonly note: string
  }[]
  /** Phone already masked where the reader may not see it. */
  readonly contact: {
    readonly name: string
    readonly role: ContactRole
    readonly phone: string | null
  } | null
  readonly promise: { readonly nextOn: Day; readonly note: string } | null
  readonly since: Day | null
  readonly question: string
  readonly openCase: number | null
}

const MAX_FACTS = 3
const NOTE_CHARS = 36

/** Kinds of facts whose sentence says its day. */
const DATED: readonly string[] = [
  'complaint-open',
  'complaint-closed',
  'ticket-open',
  'renewal-due',
  'renewal-late',
  'contact-change',
  'contact-deleted',
  'nps-low',
  'nps-drop',
  'negative-words',
  'cancel',
  'small-order',
]

/** 准备: three dated facts, the last promise, whom to call, one question to open with (L8). */
export function briefCard(input: BriefInput, text: Text): Card {
  const { labels, ask, brief } = text.plays
  const name = clip(input.name, 24)
  const facts = factsOf(input, text)
  return fitCard({
    summary: brief.summary(name, input.question),
    title: brief.title(name),
    page: customerPagePath(input.id),
    fields: [
      { label: labels.contact, value: contactWords(input, text) },
      { label: labels.promise, value: promiseWords(input, text) },
    ],
    facts: [...(facts.length > 0 ? facts : [brief.nothing]), ask(input.question)],
    actions: [
      ...contactedButton(input.id, input.openCase, text),
      ...buttons(input.id, ['draft', 'play', 'customer'], text),
    ],
  })
}

/** The most pressing thing, the last order, the last contact; what else there is fills the gaps. */
function factsOf(input: BriefInput, text: Text): string[] {
  const [first, ...others] = pressing(input, text)
  const facts = [
    ...(first === undefined ? [] : [first]),
    ...orderWords(input, text),
    ...touchWords(input, text),
    ...others,
    ...(input.since === null ? [] : [text.plays.brief.since(text.common.pastDate(input.since, input.today))]),
  ]
  return facts.slice(0, MAX_FACTS)
}

/** The newest open complaint and how many more there are, then what else raises the risk and has a date. */
function pressing({ complaints, evidence, today }: BriefInput, text: Text): string[] {
  const [first] = complaints
  const { brief } = text.plays
  const { common } = text
  const complaint = first
    ? [
        brief[first.kind](common.pastDate(first.day, today), clip(first.text ?? '', NOTE_CHARS)) +
          (complaints.length > 1 ? brief.moreOpen(complaints.length - 1) : ''),
      ]
    : []
  const told = new Set(complaints.map(({ id }) => id))
  const facts = raising(evidence)
    .filter(({ signal }) => !first || signal !== 'complaint')
    .flatMap((one) => one.facts.find(({ kind }) => DATED.includes(kind)) ?? [])
    .filter(({ source }) => source?.table !== 'events' || !told.has(source.id))
  return [...complaint, ...facts.map((fact) => factSentence(fact, text)).filter((words) => words !== '')]
}

function orderWords({ lastOrder, today }: BriefInput, text: Text): string[] {
  if (!lastOrder) return []
  const { day, amount } = lastOrder
  const money = amount === null ? '' : text.common.money(amount)
  return [text.plays.brief.order(text.common.pastDate(day, today), money, today - day)]
}

function touchWords({ touches, today, evidence }: BriefInput, text: Text): string[] {
  const [last] = touches
  if (!last) return []
  const quoted = raising(evidence).flatMap(({ facts }) =>
    facts.filter(({ kind }) => kind === 'negative-words'),
  )
  if (quoted.some(({ on }) => on === last.day)) return []
  const words = text.followUp
  const kind =
    last.kind === 'follow-up' ? (last.effective ? words.effective : words.touchOnly) : words[last.kind]
  const outcome = last.outcome === null ? '' : (words.outcomes[last.outcome] ?? '')
  const told = text.plays.brief.touch(
    text.common.pastDate(last.day, today),
    outcome === '' ? kind : `${kind} ${outcome}`,
    clip(last.note, NOTE_CHARS),
  )
  return [told]
}

function contactWords({ contact }: BriefInput, text: Text): string {
  if (!contact) return ''
  const { customer, contactRoles } = text.cards
  return customer.contact(clip(contact.name, 12), contactRoles[contact.role], contact.phone ?? '')
}

/** What was agreed last: the next contact, or what the customer promised. */
function promiseWords({ promise, touches, today }: BriefInput, text: Text): string {
  const { brief } = text.plays
  if (promise) {
    return brief.next(text.common.day(promise.nextOn), promise.nextOn < today, clip(promise.note, NOTE_CHARS))
  }
  const kept = touches.find(({ outcome }) => outcome === 'promised')
  return kept ? brief.promised(text.common.pastDate(kept.day, today), clip(kept.note, NOTE_CHARS)) : ''
}
