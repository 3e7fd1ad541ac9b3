import type { Card } from '../model/card.ts'
import type { CaseState } from '../model/case.ts'
import type { Day } from '../model/day.ts'
import type { Text } from '../text/index.ts'
import { dayChoices, type OfferedDays } from './day-choices.ts'
import { clip, fitCard } from './fit-card.ts'

export interface FollowUpCardInput {
  readonly followUpId: number
  readonly customerName: string
  readonly outcome: string | null
  /** The cause named in the line, when there is one. */
  readonly reason?: string | null
  readonly channel: string | null
  readonly effective: boolean
  readonly note: string
  readonly nextOn: Day | null
  /** The next date is no workday. */
  readonly offDay: boolean
  readonly caseState: CaseState | null
  /** Days offered when none was said. */
  readonly offers: OfferedDays
}

/** The echo of a log: what was understood, what it changed, a date offered when none was said, undo. */
export function followUpCard(input: FollowUpCardInput, text: Text): Card {
  const words = text.followUp
  const name = clip(input.customerName, 24)
  const kind = input.effective ? words.effective : words.touchOnly
  const next = input.nextOn === null ? null : nextWords(input.nextOn, input.offDay, text)
  return fitCard({
    summary: words.summary(name, kind, next),
    title: words.title(name, kind),
    tone: input.effective ? 'good' : 'neutral',
    fields: [
      { label: words.labels.outcome, value: wordOf(words.outcomes, input.outcome) },
      { label: words.labels.reason, value: wordOf(words.reasons, input.reason ?? null) },
      { label: words.labels.channel, value: wordOf(words.channels, input.channel) },
      { label: words.labels.next, value: next ?? '' },
      { label: words.labels.note, value: clip(input.note, 60) },
      { label: words.labels.case, value: input.caseState ? text.cards.caseStates[input.caseState] : '' },
    ],
    facts: [
      ...(input.outcome === null ? [words.noOutcome] : []),
      ...(input.nextOn === null ? [words.askNext] : []),
    ],
    actions: [
      ...(input.nextOn === null ? offers(input, text) : []),
      { action: 'undo', label: text.cards.buttons.undo, payload: {} },
    ],
  })
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
