import type { Card } from '../model/card.ts'
import type { Day } from '../model/day.ts'
import type { Text } from '../text/index.ts'
import { type AtRiskItem, atRiskLines } from './at-risk.ts'
import { clip, fitCard } from './fit-card.ts'

/** A promised next contact that is due today or overdue. */
export interface DueItem {
  readonly customerId: number
  readonly customerName: string
  readonly nextOn: Day
}

export interface DigestInput {
  readonly repName: string
  readonly day: Day
  /** At most the push budget, in order. */
  readonly items: readonly AtRiskItem[]
  /** At-risk customers behind 查看全部. */
  readonly more: number
  readonly due: readonly DueItem[]
  /** Facts up to and including this day are in the scores. */
  readonly asOf: Day
}

const MAX_ITEMS = 5
const DUE_NAMES = 3
const NAME_CHARS = 12

/** The one message of a rep's morning: who first, why, one tap each; promised dates in one line. */
export function digestCard(input: DigestInput, text: Text): Card {
  const words = text.cards.digest
  const items = input.items.slice(0, MAX_ITEMS).map((item) => atRiskLines(item, text))
  const [first] = input.items
  return fitCard({
    summary: words.summary(input.items.length, first ? clip(first.customerName, 24) : null, input.due.length),
    title: words.title(clip(input.repName, NAME_CHARS), text.common.day(input.day), input.items.length),
    tone: input.items.some((item) => item.band === 'urgent') ? 'urgent' : 'neutral',
    items,
    notes: [
      [
        ...dueWords(input, text),
        ...moreWords(input, text),
        text.cards.asOf(text.common.day(input.asOf)),
      ].join(' · '),
    ],
    actions: [
      { action: 'list', label: text.cards.buttons.list, payload: {} },
      { action: 'mine', label: text.cards.buttons.mine, payload: {} },
    ],
  })
}

function dueWords(input: DigestInput, text: Text): string[] {
  if (input.due.length === 0) return []
  const names = input.due.slice(0, DUE_NAMES).map((one) => clip(one.customerName, NAME_CHARS))
  return [text.cards.digest.due(input.due.length, names.join(text.cards.comma))]
}

function moreWords(input: DigestInput, text: Text): string[] {
  const hidden = input.more + Math.max(0, input.items.length - MAX_ITEMS)
  return hidden > 0 ? [text.cards.digest.more(hidden)] : []
}
