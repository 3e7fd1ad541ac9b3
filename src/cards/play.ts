import type { Card, CardAction } from '../model/card.ts'
import type { Tier } from '../model/churn.ts'
import type { Day } from '../model/day.ts'
import { customerPagePath } from '../model/pages.ts'
import type { PlannedPlay, PlayEnd } from '../model/play.ts'
import type { Evidence } from '../model/score.ts'
import type { Text } from '../text/index.ts'
import { evidenceSentence } from './fact-sentence.ts'
import { clip, fitCard } from './fit-card.ts'

const WORDS_CHARS = 40

/** What says that this is the cause: words somebody wrote down, a reason of the score, nothing. */
export type Because =
  | { readonly kind: 'said'; readonly day: Day; readonly words: string }
  | { readonly kind: 'score'; readonly evidence: Evidence }
  | { readonly kind: 'none' }

export interface PlayInput {
  readonly id: number
  readonly name: string
  readonly tier: Tier
  readonly stage: string
  readonly play: PlannedPlay
  readonly because: Because
  readonly today: Day
  readonly openCase: number | null
  /** Earlier cases like this one. */
  readonly similar: SimilarInput
}

/** Totals of earlier cases of the same cause and segment; `how` is in words. */
export interface SimilarInput {
  readonly saved: number
  readonly of: number
  readonly how: {
    readonly play: string | null
    readonly channel: string | null
    readonly outcome: string | null
    /** Median days from the alert to the order. */
    readonly days: number | null
  }
}

/** Fewer earlier cases say nothing. */
const MIN_SIMILAR = 5

/**
 * 打法: why this one, steps with the days they are due, which are done, the question to open with, when to stop (A12, A78,
 * A79); after its end why, and no step.
 */
export function playCard(input: PlayInput, text: Text): Card {
  const { id, name, tier, stage, play, openCase } = input
  const words = text.plays
  const shown = clip(name, 24)
  const place = [
    ...(tier === 'unknown' ? [] : [text.cards.tierWord(text.common.tiers[tier])]),
    text.scoring.stages[stage] ?? '',
    play.cause,
  ]
  return fitCard({
    summary: summaryOf(shown, play, text),
    title: words.title(shown, play.title),
    page: customerPagePath(input.id),
    fields: [
      { label: words.labels.situation, value: place.filter((word) => word !== '').join(' · ') },
      { label: words.labels.because, value: becauseWords(input, text) },
    ],
    facts: [
      ...(play.ended === null
        ? [...stepLines(input, text), words.ask(play.question), words.stop(play.stop)]
        : endedLines(play, play.ended, text)),
      ...similarLine(input.similar, text),
    ],
    actions: [...contactedButton(id, openCase, text), ...buttons(id, ['draft', 'brief', 'why'], text)],
  })
}

function summaryOf(name: string, play: PlannedPlay, text: Text): string {
  const words = text.plays
  if (play.ended) return words.summary(name, play.title, endWords(play.ended, text))
  const next = nextStep(play)
  return words.summary(name, play.title, next ? words.first(next.what) : words.allDone)
}

function stepLines({ play, today }: Pick<PlayInput, 'play' | 'today'>, text: Text): string[] {
  const words = text.plays
  const next = nextStep(play)
  return play.steps.map((step, index) => {
    if (step.done) return words.stepDone(index + 1, step.what)
    const day = text.common.day(step.due)
    if (step.due < today) return words.stepLate(index + 1, day, step.what)
    return step === next && index > 0
      ? words.stepNext(index + 1, day, step.what)
      : words.step(index + 1, day, step.what)
  })
}

function endedLines({ steps }: PlannedPlay, ended: PlayEnd, text: Text): string[] {
  const done = steps.filter((step) => step.done).length
  return [endWords(ended, text), text.plays.doneOf(done, steps.length)]
}

/** 同类挽回 7/19: what helped before, of how many. */
function similarLine({ saved, of, how }: SimilarInput, text: Text): string[] {
  const words = text.plays.similar
  if (of === 0) return []
  if (of < MIN_SIMILAR) return [words.tooFew(of)]
  const { channels, outcomes } = text.followUp
  const parts = [
    ...(how.play === null ? [] : [words.play(clip(how.play, 24))]),
    ...(how.channel === null ? [] : [channels[how.channel] ?? '']),
    ...(how.outcome === null ? [] : [outcomes[how.outcome] ?? '']),
    ...(how.days === null ? [] : [words.days(how.days)]),
  ]
  return [words.line(saved, of, saved === 0 ? [] : parts.filter((part) => part !== ''))]
}

/** 11/20 客户已下单，打法停止。 */
export function endWords({ why, on }: PlayEnd, text: Text): string {
  return text.plays.ended(text.common.date(on), text.plays.ends[why])
}

/** The step to take next; none when all are done or the play is over. */
export function nextStep({ steps, ended }: PlannedPlay): PlannedPlay['steps'][number] | undefined {
  return ended === null ? steps.find(({ done }) => !done) : undefined
}

function becauseWords({ because, today }: PlayInput, text: Text): string {
  if (because.kind === 'none') return ''
  if (because.kind === 'score') return evidenceSentence(because.evidence, text)
  const day = text.common.pastDate(because.day, today)
  return because.words === '' ? day : text.plays.said(day, clip(because.words, WORDS_CHARS))
}

/** 已联系, for a customer with an open case. */
export function contactedButton(id: number, openCase: number | null, text: Text): CardAction[] {
  if (openCase === null) return []
  const payload = { case: openCase, customer: id }
  return [{ action: 'contacted', label: text.cards.buttons.contacted, style: 'primary', payload }]
}

/** Buttons that run the commands of these names for the customer. */
export function buttons(
  id: number,
  names: readonly ('draft' | 'brief' | 'why' | 'play' | 'customer')[],
  text: Text,
): CardAction[] {
  return names.map((name) => ({ action: name, label: text.cards.buttons[name], payload: { customer: id } }))
}
