import type { Card, CardAction } from '../model/card.ts'
import type { CaseState } from '../model/case.ts'
import type { Day } from '../model/day.ts'
import { customerPagePath } from '../model/pages.ts'
import { PLANNED } from '../model/planned.ts'
import type { Text } from '../text/index.ts'
import { dayChoices, type OfferedDays } from './day-choices.ts'
import { clip, fitCard } from './fit-card.ts'
import { outcomeActions } from './outcome-actions.ts'

export interface FollowUpCardInput {
  readonly followUpId: number
  readonly customerId: number
  readonly customerName: string
  readonly outcome: string | null
  /** The cause that was named. */
  readonly reason: string | null
  /** 分, as told; no order comes of it. */
  readonly amount: number | null
  readonly channel: string | null
  readonly effective: boolean
  readonly note: string
  readonly nextOn: Day | null
  /** The next date is no workday. */
  readonly offDay: boolean
  /** The open case after the log. */
  readonly case: { readonly id: number; readonly state: CaseState } | null
  /** Days offered when none was said. */
  readonly offers: OfferedDays
  /** The rep has looked at it: nothing more is asked. */
  readonly confirmed: boolean
  /** A language model changed what was read: the rep should look twice. */
  readonly assisted: boolean
}

/** Outcomes that end a case. */
const ENDS: Readonly<Record<string, 'won' | 'lost'>> = {
  ordered: 'won',
  renewed: 'won',
  refused: 'lost',
  lost: 'lost',
}
/** Buttons beside 改 and 撤销. */
const MAX_OPEN = 4

/** The echo of a log: what was understood, what it changed, a date offered when none was said; 确认, 改, 撤销. */
export function followUpCard(input: FollowUpCardInput, text: Text): Card {
  const words = text.followUp
  const name = clip(input.customerName, 24)
  const kind = input.effective ? words.effective : words.touchOnly
  const next = input.nextOn === null ? null : nextWords(input.nextOn, input.offDay, text)
  const planned = input.outcome === PLANNED && next !== null
  return fitCard({
    summary: words.summary(name, planned ? words.planned.word : kind, next),
    title: planned ? words.planned.title(name, next) : words.title(name, kind),
    tone: input.effective ? 'good' : 'neutral',
    page: customerPagePath(input.customerId),
    fields: [
      { label: words.labels.outcome, value: planned ? '' : wordOf(words.outcomes, input.outcome) },
      { label: words.labels.reason, value: wordOf(words.reasons, input.reason) },
      {
        label: words.labels.amount,
        value: input.amount === null ? '' : words.told(text.common.money(input.amount)),
      },
      { label: words.labels.channel, value: wordOf(words.channels, input.channel) },
      { label: words.labels.next, value: planned ? '' : (next ?? '') },
      { label: words.labels.note, value: clip(input.note, 60) },
      { label: words.labels.case, value: input.case ? text.cards.caseStates[input.case.state] : '' },
    ],
    facts: [
      ...(input.outcome === null ? [words.noOutcome] : []),
      ...(planned ? [words.planned.line] : []),
      ...(input.nextOn === null && !input.confirmed ? [words.askNext] : []),
    ],
    notes: [...(input.assisted ? [words.assisted] : []), ...(input.confirmed ? [words.confirmed] : [])],
    actions: [
      ...endAction(input, text),
      ...(input.confirmed ? [] : openActions(input, text)),
      ...lastingActions(input.followUpId, text),
    ],
  })
}

/** What was told ends the case one way: that button is at hand. */
function endAction({ case: one, customerId, outcome }: FollowUpCardInput, text: Text): CardAction[] {
  const end = outcome === null ? undefined : ENDS[outcome]
  if (!one || end === undefined) return []
  return outcomeActions({ ...one, caseId: one.id, customerId }, text).filter(({ action }) => action === end)
}

function openActions(input: FollowUpCardInput, text: Text): CardAction[] {
  const confirm = {
    action: 'amend',
    label: text.followUp.confirm,
    payload: { followUp: input.followUpId, field: 'ok' },
  }
  const days = input.nextOn === null ? offers(input, text) : []
  // Six buttons at most, with 改 and 撤销.
  return [...days.slice(0, MAX_OPEN - 1 - endAction(input, text).length), confirm]
}

function lastingActions(followUp: number, text: Text): CardAction[] {
  return [
    { action: 'amend', label: text.followUp.amend, payload: { followUp } },
    { action: 'undo', label: text.cards.buttons.undo, payload: { followUp } },
  ]
}

function offers({ followUpId, offers }: FollowUpCardInput, text: Text): Card['actions'] & object {
  return dayChoices(offers, text).map(({ label, day }) => ({
    action: 'next-date',
    label,
    payload: { followUp: followUpId, day },
  }))
}

function nextWords(day: Day, offDay: boolean, text: Text): string {
  const word = text.common.day(day)
  return offDay ? text.followUp.offDay(word) : word
}

function wordOf(words: Readonly<Record<string, string>>, key: string | null): string {
  return key === null ? '' : (words[key] ?? '')
}

/** Asks for the one line that makes a touch an effective follow-up. */
export function needWordsCard(customerName: string, text: Text): Card {
  const title = text.followUp.needWords(clip(customerName, 24))
  return fitCard({ summary: title, title, facts: [text.followUp.needWordsHint] })
}
