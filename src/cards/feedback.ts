import type { Card, CardItem } from '../model/card.ts'
import type { Day } from '../model/day.ts'
import { FEEDBACK_STATES, type Feedback, type FeedbackState } from '../model/feedback.ts'
import type { Text } from '../text/index.ts'
import { clip, fitCard } from './fit-card.ts'

const NAME_CHARS = 20
const WORDS_CHARS = 40
const MOVES = ['doing', 'live', 'declined'] as const
/** What a reader of the list makes of a wish. */
export type FeedbackMove = (typeof MOVES)[number]

/** What was noted, for who told it; a button takes it back. */
export function feedbackSavedCard(
  { id, customerName, text: said }: { id: number; customerName: string; text: string },
  text: Text,
): Card {
  const words = text.voices.feedback
  const title = words.saved(clip(customerName, NAME_CHARS))
  return fitCard({
    summary: title,
    title,
    facts: [words.quoted(said)],
    notes: [words.savedNote],
    actions: [{ action: 'feedback', label: words.withdraw, payload: { withdraw: id } }],
  })
}

export interface FeedbackList {
  /** On which day each was told. */
  readonly open: readonly (Feedback & { readonly day: Day })[]
  readonly counts: ReadonlyMap<FeedbackState, number>
  /** What came of a button. */
  readonly said?: string
}

/** The product list for leads and administrators: what waits, with buttons (A82). */
export function feedbackListCard(list: FeedbackList, text: Text): Card {
  const title = list.said ?? titleOf(list, text)
  return fitCard({
    summary: title,
    title,
    items: list.open.map((one) => itemOf(one, text)),
    notes: countsLine(list, text),
  })
}

/** In a group: totals, and names that are masked already. No words: they may name anybody. */
export function feedbackGroupCard(list: FeedbackList, text: Text): Card {
  const words = text.voices.feedback
  return fitCard({
    summary: titleOf(list, text),
    title: titleOf(list, text),
    facts: list.open.map(({ day, customerName, state }) =>
      words.groupLine(text.common.day(day), customerName, words.states[state]),
    ),
    notes: [...countsLine(list, text), words.inDm],
  })
}

/** What became of a wish, for who told it. */
export function feedbackMovedCard(
  { customerName, text: said, state }: Pick<Feedback, 'customerName' | 'text'> & { state: FeedbackMove },
  text: Text,
): Card {
  const words = text.voices.feedback
  const title = words.changed(clip(customerName, NAME_CHARS), words.states[state])
  return fitCard({
    summary: title,
    title,
    tone: state === 'live' ? 'good' : 'neutral',
    facts: [words.quoted(clip(said, WORDS_CHARS)), words.tell[state]],
  })
}

function titleOf({ counts }: FeedbackList, text: Text): string {
  return text.voices.feedback.title((counts.get('received') ?? 0) + (counts.get('doing') ?? 0))
}

function countsLine({ counts }: FeedbackList, text: Text): string[] {
  const words = text.voices.feedback
  const parts = FEEDBACK_STATES.flatMap((state) => {
    const n = counts.get(state) ?? 0
    return n === 0 || state === 'withdrawn' ? [] : [words.count(words.states[state], n)]
  })
  return parts.length === 0 ? [] : [words.counts(parts.join(' · '))]
}

function itemOf(
  { id, customerName, memberName, day, text: said, state }: Feedback & { readonly day: Day },
  text: Text,
): CardItem {
  const words = text.voices.feedback
  return {
    title: words.head(clip(customerName, NAME_CHARS), words.states[state]),
    lines: [words.line(text.common.day(day), clip(memberName, 8), clip(said, WORDS_CHARS))],
    actions: MOVES.filter((to) => to !== state).map((to) => ({
      action: 'feedback-list',
      label: words.moves[to],
      payload: { feedback: id, from: state, to },
    })),
  }
}
