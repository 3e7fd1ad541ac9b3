import { endWords } from '../cards/play.ts'
import type { Case } from '../model/case.ts'
import type { Day } from '../model/day.ts'
import { isDue, type PlayStep } from '../retention/plays/next-steps.ts'
import type { Text } from '../text/index.ts'

/** What the play of a case says for today: the step that is due, or that it is over; null: neither. */
export function stepWords(
  step: PlayStep | undefined,
  one: Pick<Case, 'nextOn' | 'snoozedUntil'>,
  { today, text }: { readonly today: Day; readonly text: Text },
): string | null {
  if (step?.ended) return endWords(step.ended, text)
  if (!step?.next || !isDue(step, one, today)) return null
  const { rank, due, what } = step.next
  return text.plays.dueStep(rank, due < today ? text.common.date(due) : '', what)
}
