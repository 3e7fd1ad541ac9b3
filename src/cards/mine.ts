import type { Card, CardAction, CardItem } from '../model/card.ts'
import type { CaseState } from '../model/case.ts'
import type { Day } from '../model/day.ts'
import type { Text } from '../text/index.ts'
import { type AtRiskItem, atRiskLines } from './at-risk.ts'
import { type DueItem, dueItems } from './due-items.ts'
import { clip, fitCard } from './fit-card.ts'
import { outcomeActions } from './outcome-actions.ts'

export interface MineInput {
  readonly name: string
  readonly today: Day
  /** Open cases, most pressing first. */
  readonly items: readonly (AtRiskItem & { readonly state: CaseState })[]
  readonly total: number
  /** How many of them only wait for their result: nobody has to act. */
  readonly waiting: number
  /** How many of them have a step of their play to take. */
  readonly stepsDue: number
  /** Promised contacts due today or earlier. */
  readonly due: readonly DueItem[]
  readonly asOf: Day | null
}

const MAX_ITEMS = 4
const MAX_DUE = 2

/** The digest as it stands now: open cases with their state, promises due (A72). */
export function mineCard(input: MineInput, text: Text): Card {
  const words = text.cards.mine
  const items = input.items.slice(0, MAX_ITEMS)
  const more = input.total - items.length
  const todo = input.total - input.waiting
  const steps = input.stepsDue > 0 ? [text.plays.stepsDue(input.stepsDue)] : []
  const clear = input.due.length === 0 ? [words.clear] : []
  const asOf = input.asOf === null ? [] : [text.cards.asOf(text.common.day(input.asOf))]
  return fitCard({
    summary: words.summary(todo, input.waiting, input.due.length),
    title: words.title(clip(input.name, 12), text.common.day(input.today), todo, input.waiting),
    items: [
      ...items.map((item) => caseItem(item, text)),
      ...dueItems(input.due.slice(0, MAX_DUE), input.today, text),
    ],
    notes: [[...(more > 0 ? [words.more(more)] : []), ...steps, ...clear, ...asOf].join(' · ')],
    actions: [{ action: 'list', label: text.cards.buttons.list, payload: {} }],
  })
}

function caseItem(item: AtRiskItem & { state: CaseState }, text: Text): CardItem {
  const shown = atRiskLines(item, text)
  if (item.state === 'open') return shown
  const ends = outcomeActions(item, text)
  const actions = ends.length > 0 ? [...ends, ...(shown.actions ?? []).filter(stillUseful)] : shown.actions
  return {
    ...shown,
    ...(actions && { actions }),
    title: `${shown.title} · ${text.cards.caseStates[item.state]}`,
  }
}

/** Four buttons at most: whoever waits for a result has been in contact, and it was no false alarm. */
function stillUseful({ action }: CardAction): boolean {
  return action !== 'contacted' && action !== 'false-alarm'
}
