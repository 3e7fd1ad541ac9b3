import type { Card, CardAction, CardItem } from '../model/card.ts'
import type { CaseState } from '../model/case.ts'
import type { Day } from '../model/day.ts'
import type { Evidence } from '../model/score.ts'
import type { Text } from '../text/index.ts'
import { caseActions, raising } from './at-risk.ts'
import { nameAndOwner } from './due-items.ts'
import { factSentence } from './fact-sentence.ts'
import { clip, fitCard } from './fit-card.ts'

/** A case past its time. */
export interface LateItem {
  readonly caseId: number
  readonly customerId: number
  readonly customerName: string
  /** Whose it is, when it is not the reader's. */
  readonly ownerName?: string
  readonly state: CaseState
  readonly dueOn: Day
  /** Workdays past `dueOn`; 0 on the day itself. */
  readonly workdays: number
  readonly why: readonly Evidence[]
}

/** Customers with a line and buttons of their own; the others are counted. */
const SHOWN = 5
const SHOWN_TO_LEAD = 4
const REASON_CHARS = 40

/** To the rep alone: which cases are past their time, all in one card (K1: one a day). */
export function lateCard(
  { items, today }: { readonly items: readonly LateItem[]; readonly today: Day },
  text: Text,
): Card {
  const words = text.sla.late
  const [first] = items
  return fitCard({
    summary: words.summary(items.length, clip(first?.customerName ?? '', 24)),
    title: words.title(items.length),
    tone: 'warning',
    items: items.slice(0, SHOWN).map((item) => ({
      title: words.item(nameAndOwner(item, text), lateWords(item, today, text)),
      lines: [reasonOf(item, text)].filter((line) => line !== ''),
      actions: caseActions(item, text, {}),
    })),
    notes: [[...moreWords(items.length - SHOWN, text), words.note].join(' · ')],
    actions: [{ action: 'mine', label: text.cards.buttons.mine, payload: {} }],
  })
}

/** To the lead alone: the team's late cases, and for those that waited longest a colleague to give them to. */
export function lateTeamCard(
  {
    items,
    today,
  }: {
    readonly items: readonly (LateItem & { readonly taker: { id: number; name: string } | null })[]
    readonly today: Day
  },
  text: Text,
): Card {
  const words = text.sla.late
  const shown = items.slice(0, SHOWN_TO_LEAD).map((item): CardItem => {
    const state = text.cards.caseStates[item.state]
    return {
      title: words.item(nameAndOwner(item, text), lateWords(item, today, text)),
      lines: [words.line(state, reasonOf(item, text))],
      actions: leadActions(item, text),
    }
  })
  return fitCard({
    summary: words.teamSummary(items.length),
    title: words.teamTitle(items.length),
    tone: 'warning',
    items: shown,
    notes: [[...moreWords(items.length - SHOWN_TO_LEAD, text), words.teamNote].join(' · ')],
  })
}

function leadActions(
  item: LateItem & { readonly taker: { id: number; name: string } | null },
  text: Text,
): CardAction[] {
  const { sla, cards } = text
  const ids = { case: item.caseId, customer: item.customerId }
  const give: CardAction = item.taker
    ? {
        action: 'transfer',
        label: sla.late.giveTo(clip(item.taker.name, 8)),
        payload: { ...ids, to: item.taker.id, what: 'case' },
      }
    : { action: 'transfer', label: cards.buttons.transfer, payload: ids }
  return [
    { action: 'remind', label: sla.late.remind, style: 'primary', payload: ids },
    give,
    { action: 'close-case', label: sla.late.close, payload: ids },
  ]
}

function lateWords({ workdays, dueOn }: LateItem, today: Day, text: Text): string {
  return dueOn === today || workdays === 0 ? text.sla.late.today : text.sla.late.workdays(workdays)
}

function reasonOf({ why }: LateItem, text: Text): string {
  const fact = raising(why)[0]?.facts[0]
  return fact ? clip(factSentence(fact, text), REASON_CHARS) : ''
}

function moreWords(n: number, text: Text): string[] {
  return n > 0 ? [text.cards.mine.more(n)] : []
}

/** The lead asks the one who has it: one customer with its buttons. */
export function remindedCard(
  { by, ...item }: LateItem & { readonly by: string },
  today: Day,
  text: Text,
): Card {
  const words = text.sla.late
  const title = words.asked(clip(by, 8), clip(item.customerName, 24))
  return fitCard({
    summary: title,
    title,
    tone: 'warning',
    facts: [lateWords(item, today, text), reasonOf(item, text)],
    actions: caseActions(item, text, { alert: 1 }),
  })
}
