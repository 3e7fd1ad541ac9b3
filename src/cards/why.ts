import type { Card } from '../model/card.ts'
import type { Day } from '../model/day.ts'
import { customerPagePath } from '../model/pages.ts'
import type { Evidence, Score } from '../model/score.ts'
import type { WhatIf } from '../model/what-if.ts'
import type { Text } from '../text/index.ts'
import { raising, toneOf } from './at-risk.ts'
import { evidenceSentence } from './fact-sentence.ts'
import { clip, fitCard } from './fit-card.ts'
import { ownCycleChart } from './own-cycle-chart.ts'
import { whatIfSentence } from './what-if-sentence.ts'

export interface WhyInput {
  readonly id: number
  readonly name: string
  readonly score: Score
  /** Every piece of evidence behind the score, lowering ones too. */
  readonly evidence: readonly Evidence[]
  /** Points of an average customer, on which the evidence builds; 0 or none where it builds on nothing. */
  readonly base?: number | null
  /** All order days, oldest first, for the picture. */
  readonly orders?: readonly Day[]
  /** The one fact that would change the band. */
  readonly whatIf?: WhatIf | null
}

const MAX_LINES = 6

/** The score as dated facts with points; the lines add up to the sum that is shown (K4). */
export function whyCard(input: WhyInput, text: Text): Card {
  const words = text.cards.why
  const name = clip(input.name, 30)
  const { score } = input
  const evidence = [...input.evidence].sort((a, b) => Math.abs(b.points) - Math.abs(a.points))
  const base = input.base ?? 0
  const sum = signed(evidence.reduce((total, one) => total + one.points, base))
  const lines = linesOf(evidence, base === 0 ? MAX_LINES : MAX_LINES - 1, text)
  const advice = adviceOf(input, text)
  return fitCard({
    summary: words.summary(name, lines[0] ?? words.none),
    title: words.title(score.churned ? text.cards.customer.lostTitle(name) : name),
    page: customerPagePath(input.id),
    tone: score.churned ? 'neutral' : toneOf(score.band),
    ...(score.risk !== null && {
      figure: { value: text.common.percent(score.risk), label: words.figureLabel(sum) },
    }),
    facts: [
      ...(score.risk === null ? [words.insufficient] : []),
      ...(lines.length > 0
        ? [...baseLine(base, text), ...lines, words.sum(sum)]
        : score.risk === null
          ? []
          : [words.none]),
      ...(advice ? [text.cards.suggestion(advice)] : []),
      ...(input.whatIf ? [whatIfSentence(input.whatIf, text)] : []),
    ],
    ...ownCycleChart(input.orders ?? [], score.asOf, evidence, text),
    notes: [text.cards.asOf(text.common.day(score.asOf))],
    actions: [
      { action: 'customer', label: text.cards.buttons.customer, payload: { customer: input.id } },
      { action: 'tier', label: text.cards.buttons.tier, payload: { customer: input.id } },
      { action: 'play', label: text.cards.buttons.play, payload: { customer: input.id } },
    ],
  })
}

/** The action its strongest reason calls for, as every card names it; without a reason that of the stage. */
function adviceOf({ evidence, score }: WhyInput, text: Text): string | undefined {
  const [first] = raising(evidence)
  return (first && text.scoring.suggestions[first.signal]) ?? text.scoring.stageAdvice[score.stage]
}

/** One line a piece of evidence; what does not fit is one line with its sum, so that the total stays true. */
function linesOf(evidence: readonly Evidence[], most: number, text: Text): string[] {
  const words = text.cards.why
  const fits = evidence.length <= most
  const shown = fits ? evidence : evidence.slice(0, most - 1)
  const rest = evidence.slice(shown.length)
  const lines = shown.map((one) => {
    const sentence = evidenceSentence(one, text)
    return one.points === 0 ? words.aside(sentence) : words.line(signed(one.points), sentence)
  })
  if (rest.length === 0) return lines
  return [...lines, words.rest(rest.length, signed(rest.reduce((sum, one) => sum + one.points, 0)))]
}

/** Where the sum begins: what an average customer has. */
function baseLine(base: number, text: Text): string[] {
  return base === 0 ? [] : [text.cards.why.base(signed(base))]
}

function signed(points: number): string {
  return points > 0 ? `+${points}` : points < 0 ? `−${-points}` : '0'
}
