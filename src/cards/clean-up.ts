import type { Card } from '../model/card.ts'
import type { Case } from '../model/case.ts'
import type { Day } from '../model/day.ts'
import type { Text } from '../text/index.ts'
import { raising } from './at-risk.ts'
import { clip, fitCard } from './fit-card.ts'

const GROUPS = 6
const NAMES = 3

/** Old open cases by their main reason, and one button that closes them all. `before` keeps a late tap to what it showed. */
export function cleanUpCard(
  given: {
    readonly cases: readonly Pick<Case, 'customerName' | 'why'>[]
    readonly before: Day
    readonly today: Day
  },
  text: Text,
): Card {
  const words = text.sla.cleanUp
  const { cases, before, today } = given
  const title = words.title(cases.length, today - before)
  return fitCard({
    summary: title,
    title,
    facts: groupLines(cases, text),
    notes: [words.note],
    actions: [
      { action: 'clean-up', label: words.button(cases.length), style: 'primary', payload: { before } },
      { action: 'mine', label: text.cards.buttons.mine, payload: {} },
    ],
  })
}

/** 投诉 3 家：华联、江南、东方 …: the largest group first. */
function groupLines(cases: readonly Pick<Case, 'customerName' | 'why'>[], text: Text): string[] {
  const groups = new Map<string, string[]>()
  for (const { customerName, why } of cases) {
    const signal = raising(why)[0]?.signal ?? ''
    const reason = text.scoring.signals[signal] ?? text.sla.cleanUp.other
    groups.set(reason, [...(groups.get(reason) ?? []), clip(customerName, 12)])
  }
  return [...groups]
    .sort((a, b) => b[1].length - a[1].length)
    .slice(0, GROUPS)
    .map(([reason, names]) =>
      text.sla.cleanUp.group(reason, names.length, names.slice(0, NAMES).join(text.cards.comma)),
    )
}
