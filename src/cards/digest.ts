import type { Card, CardItem } from '../model/card.ts'
import type { Case } from '../model/case.ts'
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
  const items = input.items.slice(0, MAX_ITEMS).map((item) => atRiskLines(item, text, input.day))
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

/** The part of a case that a digest shows once somebody acted on it. */
export type CaseMark = Pick<Case, 'state' | 'snoozedUntil'>

/** A digest that was sent, as it stands now: handled items say so and lose their buttons except 为什么. */
export function markDigest(sent: Card, marks: ReadonlyMap<number, CaseMark>, day: Day, text: Text): Card {
  const items = (sent.items ?? []).map((item) => {
    const id = caseIdOf(item)
    const mark = id === null ? undefined : marks.get(id)
    const word = mark && markWord(mark, day, text)
    return word ? handledItem(item, word) : item
  })
  return { ...sent, items }
}

/** The case an item of a sent digest is about. */
export function caseIdOf(item: CardItem): number | null {
  const id = item.actions?.find((action) => typeof action.payload.case === 'number')?.payload.case
  return typeof id === 'number' ? id : null
}

function markWord({ state, snoozedUntil }: CaseMark, day: Day, text: Text): string | null {
  const words = text.cards.digest
  if (state !== 'open') return words.handled(text.cards.caseStates[state])
  return snoozedUntil !== null && snoozedUntil > day ? words.snoozed(text.common.day(snoozedUntil)) : null
}

function handledItem(item: CardItem, word: string): CardItem {
  const actions = (item.actions ?? []).filter(({ action }) => action === 'why')
  return { title: item.title, tone: 'good', lines: [word], actions }
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
