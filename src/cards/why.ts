import type { Card } from '../model/card.ts'
import type { Evidence, Score } from '../model/score.ts'
import type { Text } from '../text/index.ts'
import { raising, toneOf } from './at-risk.ts'
import { evidenceSentence } from './fact-sentence.ts'
import { clip, fitCard } from './fit-card.ts'

export interface WhyInput {
  readonly id: number
  readonly name: string
  readonly score: Score
  /** Every piece of evidence behind the score, lowering ones too. */
  readonly evidence: readonly Evidence[]
}

const MAX_LINES = 6

/** The score as dated facts with points; the lines add up to the sum that is shown (K4). */
export function whyCard(input: WhyInput, text: Text): Card {
  const words = text.cards.why
  const name = clip(input.name, 30)
  const { score } = input
  const evidence = [...input.evidence].sort((a, b) => Math.abs(b.points) - Math.abs(a.points))
  const sum = signed(evidence.reduce((total, one) => total + one.points, 0))
  const lines = linesOf(evidence, text)
  const advice = adviceOf(input, text)
  return fitCard({
    summary: words.summary(name, lines[0] ?? words.none),
    title: words.title(score.churned ? text.cards.customer.lostTitle(name) : name),
    tone: score.churned ? 'neutral' : toneOf(score.band),
    ...(score.risk !== null && {
      figure: { value: text.common.percent(score.risk), label: words.figureLabel(sum) },
    }),
    facts: [
      ...(score.risk === null ? [words.insufficient] : []),
      ...(lines.length > 0 ? [...lines, words.sum(sum)] : score.risk === null ? [] : [words.none]),
      ...(advice ? [text.cards.suggestion(advice)] : []),
    ],
    notes: [text.cards.asOf(text.common.day(score.asOf))],
    actions: [
      { action: 'customer', label: text.cards.buttons.customer, payload: { customer: input.id } },
      { action: 'tier', label: text.cards.buttons.tier, payload: { customer: input.id } },
    ],
  })
}

/** The action its strongest reason calls for, as every card names it; without a reason that of the stage. */
function adviceOf({ evidence, score }: WhyInput, text: Text): string | undefined {
  const [first] = raising(evidence)
  return (first && text.scoring.suggestions[first.signal]) ?? text.scoring.stageAdvice[score.stage]
}

/** One line a piece of evidence; what does not fit is one line with its sum, so that the total stays true. */
function linesOf(evidence: readonly Evidence[], text: Text): string[] {
  const words = text.cards.why
  const fits = evidence.length <= MAX_LINES
  const shown = fits ? evidence : evidence.slice(0, MAX_LINES - 1)
  const rest = evidence.slice(shown.length)
  const lines = shown.map((one) => words.line(signed(one.points), evidenceSentence(one, text)))
  if (rest.length === 0) return lines
  return [...lines, words.rest(rest.length, signed(rest.reduce((sum, one) => sum + one.points, 0)))]
}

function signed(points: number): string {
  return points > 0 ? `+${points}` : points < 0 ? `−${-points}` : '0'
}
