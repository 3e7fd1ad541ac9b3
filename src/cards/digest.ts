import { CARD_MAX_LINES, type Card, type CardItem } from '../model/card.ts'
import { type Case, isOpen } from '../model/case.ts'
import type { Day } from '../model/day.ts'
import type { PushWish } from '../model/push-wish.ts'
import type { Text } from '../text/index.ts'
import { type AtRiskItem, atRiskLines } from './at-risk.ts'
import { type DueItem, dueItems, EXPECTED } from './due-items.ts'
import { type ExpectedOrder, expectedItems } from './expected-items.ts'
import { clip } from './fit-card.ts'
import { wishWords } from './preferences.ts'
import { withSmallPrint } from './small-print.ts'

/** One order after a follow-up. */
export interface News {
  readonly customerName: string
  readonly followedOn: Day
  /** 分; null when it is not known. */
  readonly amount: number | null
}

export interface Occasion {
  readonly customerName: string
  readonly on: Day
  readonly contact: string | null
  readonly years: number | null
}

export interface DigestInput {
  readonly repName: string
  readonly day: Day
  /** At most the push budget, in order. */
  readonly items: readonly AtRiskItem[]
  /** At-risk customers behind 查看全部. */
  readonly more: number
  readonly due: readonly DueItem[]
  /** Orders expected about now: no risk. */
  readonly orders?: readonly ExpectedOrder[]
  /** Customers that ordered again after the rep spoke with them; each is told once. */
  readonly news?: readonly News[]
  /** A birthday (`contact`) or full years as a customer; one a morning. */
  readonly occasion?: Occasion | null
  /** Customers with a step of their play that is due today. */
  readonly steps?: readonly { readonly customerName: string }[]
  /** What the reader chose to see. */
  readonly wish?: PushWish
  /** Facts up to and including this day are in the scores. */
  readonly asOf: Day
}

const MAX_ITEMS = 5
/** Names of promised contacts that have no line of their own. */
const DUE_NAMES = 2
const NAME_CHARS = 12

/**
 * The one message of a rep's morning: who first, in which order, why, one tap each; promised contacts have a line
 * and a button each while there is room, and stand in the note else; then expected orders likewise.
 */
export function digestCard(input: DigestInput, text: Text): Card {
  const words = text.cards.digest
  const items = input.items.slice(0, MAX_ITEMS).map((item) => atRiskLines(item, text, input.day))
  const [first] = input.items
  const room = roomFor(items)
  const news = [...(input.news ?? []).map((one) => newsLine(one, text)), ...occasionLine(input, text)]
  const told = news.length <= room ? news : []
  const due = [...input.due].slice(0, room - told.length)
  const waiting = input.due.slice(due.length)
  const { orders = [] } = input
  const expected = orders.slice(0, room - told.length - due.length)
  const card: Card = {
    summary: words.summary(
      input.items.length,
      first ? clip(first.customerName, 24) : null,
      input.due.length,
      orders.length,
    ),
    title: titleOf(input, text),
    tone: input.items.some((item) => item.band === 'urgent') ? 'urgent' : 'neutral',
    facts: told,
    items: [...items, ...dueItems(due, input.day, text), ...expectedItems(expected, input.day, text)],
    actions: [
      { action: 'list', label: text.cards.buttons.list, payload: {} },
      { action: 'mine', label: text.cards.buttons.mine, payload: {} },
    ],
  }
  return withSmallPrint(card, {
    told: [
      // A full card has no line left: then the small print begins with it.
      ...(told.length === 0 ? news : []),
      ...dueWords(waiting, text),
      ...stepsWords(input, text),
      ...expectedWords(orders.slice(expected.length), expected.length > 0, text),
    ],
    needed: [...moreWords(input, text), text.cards.asOf(text.common.day(input.asOf))],
    extra: [...(items.length > 1 ? [words.order] : []), ...wishWords(input.wish, text)],
  })
}

function newsLine({ customerName, followedOn, amount }: News, text: Text): string {
  const money = amount === null ? '' : text.common.money(amount)
  return text.cards.digest.news(clip(customerName, NAME_CHARS), text.common.date(followedOn), money)
}

function occasionLine({ occasion = null, day }: DigestInput, text: Text): string[] {
  if (occasion === null) return []
  const { customerName, contact, years, on } = occasion
  const when = on === day ? '' : text.common.day(on)
  const customer = clip(customerName, NAME_CHARS)
  return [text.voices.occasion(customer, contact === null ? null : clip(contact, 8), years ?? 0, when)]
}

function titleOf({ repName, day, items, due, orders = [] }: DigestInput, text: Text): string {
  const words = text.cards.digest
  const rep = clip(repName, NAME_CHARS)
  const on = text.common.day(day)
  if (items.length > 0) return words.title(rep, on, items.length)
  if (due.length > 0) return words.titleDue(rep, on, due.length)
  return orders.length > 0 ? words.titleOrders(rep, on, orders.length) : words.title(rep, on, 0)
}

/** Lines that title, items and note leave. */
function roomFor(items: readonly CardItem[]): number {
  return CARD_MAX_LINES - 2 - items.reduce((sum, item) => sum + 1 + item.lines.length, 0)
}

/** The part of a case that a digest shows once somebody acted on it; `acted`: on the digest's day or later. */
export type CaseMark = Pick<Case, 'state' | 'snoozedUntil'> & {
  readonly acted: boolean
  /** It is with a colleague now. */
  readonly passed?: boolean
}

/** What stands now: cases by id, and the customers whose promised contact is still due. */
export interface DigestNow {
  readonly marks: ReadonlyMap<number, CaseMark>
  readonly due: ReadonlySet<number>
}

/**
 * A digest that was sent, as it stands now: handled items say so and lose their buttons except 为什么, kept promises
 * are ticked.
 */
export function markDigest(sent: Card, { marks, due }: DigestNow, day: Day, text: Text): Card {
  const items = (sent.items ?? []).map((item) => {
    const id = caseIdOf(item)
    const customer = id === null ? promisedCustomer(item) : null
    if (customer !== null && !due.has(customer)) return keptItem(item, text)
    const mark = id === null ? undefined : marks.get(id)
    const word = mark && markWord(mark, day, text)
    return word ? handledItem(item, word) : item
  })
  return { ...sent, items }
}

/** A promise that was kept: ticked, nothing left to press. */
function keptItem({ title }: CardItem, text: Text): CardItem {
  return { title: text.cards.digest.kept(title), tone: 'good', lines: [] }
}

function customerIdOf(item: CardItem): number | null {
  const id = item.actions?.[0]?.payload.customer
  return typeof id === 'number' ? id : null
}

/** A promise; an expected order is none. */
function promisedCustomer(item: CardItem): number | null {
  return item.actions?.[0]?.payload[EXPECTED] === 1 ? null : customerIdOf(item)
}

/** The case an item of a sent digest is about. */
export function caseIdOf(item: CardItem): number | null {
  const id = item.actions?.find((action) => typeof action.payload.case === 'number')?.payload.case
  return typeof id === 'number' ? id : null
}

function markWord({ state, snoozedUntil, acted, passed }: CaseMark, day: Day, text: Text): string | null {
  const words = text.cards.digest
  if (passed) return text.handOver.transfer.passed
  if (isOpen(state) && !acted) return null
  if (isOpen(state) && snoozedUntil !== null && snoozedUntil > day) {
    return words.snoozed(text.common.day(snoozedUntil))
  }
  return state === 'open' ? null : words.handled(text.cards.caseStates[state])
}

function handledItem(item: CardItem, word: string): CardItem {
  const actions = (item.actions ?? []).filter(({ action }) => action === 'why')
  return { title: item.title, tone: 'good', lines: [word], actions }
}

function dueWords(due: readonly DueItem[], text: Text): string[] {
  if (due.length === 0) return []
  const names = due.slice(0, DUE_NAMES).map((one) => clip(one.customerName, NAME_CHARS))
  return [text.cards.digest.due(due.length, names.join(text.cards.comma))]
}

function stepsWords({ steps = [] }: DigestInput, text: Text): string[] {
  if (steps.length === 0) return []
  const names = steps.slice(0, DUE_NAMES).map((one) => clip(one.customerName, NAME_CHARS))
  return [text.plays.stepsDueOf(steps.length, names.join(text.cards.comma))]
}

/** All by name: an expected order is told once. */
function expectedWords(orders: readonly ExpectedOrder[], besides: boolean, text: Text): string[] {
  if (orders.length === 0) return []
  const names = orders.map((one) => clip(one.customerName, NAME_CHARS))
  return [text.cards.digest.expected(orders.length, names.join(text.cards.comma), besides)]
}

function moreWords(input: DigestInput, text: Text): string[] {
  const hidden = input.more + Math.max(0, input.items.length - MAX_ITEMS)
  return hidden > 0 ? [text.cards.digest.more(hidden)] : []
}
