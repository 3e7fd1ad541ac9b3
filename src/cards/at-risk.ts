import type { Card, CardAction, CardItem } from '../model/card.ts'
import type { Relapse } from '../model/case.ts'
import { type Band, bandRank, type Tier } from '../model/churn.ts'
import type { Day } from '../model/day.ts'
import { customerPagePath } from '../model/pages.ts'
import type { Evidence } from '../model/score.ts'
import type { Text } from '../text/index.ts'
import { evidenceSentence, factSentence } from './fact-sentence.ts'
import { clip, fitCard } from './fit-card.ts'
import { ownCycleChart } from './own-cycle-chart.ts'

/**
 * Why a customer stands at its place of the day's list: risk × value, or something that goes before it. `worse`
 * and `promised` say why it is shown at all.
 */
export interface OrderReason {
  readonly rank: number
  readonly reason: 'priority' | 'worse' | 'event' | 'asked' | 'promised'
}

/** One at-risk customer as digest and event lane show it. */
export interface AtRiskItem {
  readonly caseId: number
  readonly customerId: number
  readonly customerName: string
  readonly tier: Tier
  readonly band: Band
  readonly stage: string
  /** Revenue of the last 12 months, 分. */
  readonly value12m: number
  readonly evidence: readonly Evidence[]
  readonly orderReason: OrderReason
  /** Null: 数据不足. */
  readonly risk: number | null
  /** Whose customer it is, for readers who see more than their own. */
  readonly ownerName?: string
  /** How its last case ended, when it is at risk again. */
  readonly relapse?: Relapse | null
  /** All order days, oldest first, for the picture of a card of its own. */
  readonly orders?: readonly Day[]
  /** What its play says to do now; else the first reason suggests something. */
  readonly action?: string | null
}

const NAME_CHARS = 24
const MAX_REASONS = 4
/** Leaves room for the suggested action on the same line. */
const REASON_CHARS = 46

/** One customer with its reasons: the event lane's push, and what a digest item becomes when opened alone. */
export function atRiskCard(item: AtRiskItem, asOf: Day, text: Text): Card {
  const words = text.cards
  const reasons = raising(item.evidence)
  const name = clip(item.customerName, NAME_CHARS)
  const reason = reasons[0] ? evidenceSentence(reasons[0], text) : ''
  return fitCard({
    summary: words.atRisk.summary(name, bandWord(item, text), reason),
    title: words.atRisk.title(name, bandWord(item, text)),
    page: customerPagePath(item.customerId),
    tone: toneOf(item.band),
    ...figureOf(item, text),
    fields: [{ label: words.labels.portrait, value: portrait(item, text) }],
    facts: [
      ...reasons.slice(0, MAX_REASONS).map((one) => evidenceSentence(one, text)),
      suggestionLine(suggestionOf(item, reasons, text), text),
    ],
    ...ownCycleChart(item.orders ?? [], asOf, item.evidence, text),
    notes: [words.asOf(text.common.day(asOf))],
    actions: [...caseActions(item, text, { alert: 1 }), transferAction(item, text)],
  })
}

/** One customer in a list of several: heading, one reason with one suggested action, buttons. */
export function atRiskLines(item: AtRiskItem, text: Text, digest?: Day): CardItem {
  const words = text.cards
  const reasons = raising(item.evidence)
  const first = reasons[0]
  const suggestion = suggestionOf(item, reasons, text)
  const line = first
    ? words.digest.reason(shortReason(first, text), suggestion)
    : (item.action ?? nothingFound(item, text))
  return {
    title: words.digest.item(
      item.orderReason.rank,
      clip(item.customerName, NAME_CHARS),
      headWords(item, text).join(' · '),
      words.orderReasons[item.orderReason.reason],
    ),
    tone: toneOf(item.band),
    lines: [line],
    actions:
      digest === undefined
        ? caseActions(item, text, {})
        : [...caseActions(item, text, { digest }), transferAction(item, text)],
  }
}

function nothingFound({ risk }: AtRiskItem, text: Text): string {
  return risk === null ? text.common.insufficient : text.cards.why.none
}

/**
 * 已联系, 为什么, 稍后, 误报: every push can be answered with one tap (K2, K14). `origin` tells the command on
 * which card the button stands (the digest of a day, an alert of its own), so that this card can be changed.
 */
export function caseActions(
  item: Pick<AtRiskItem, 'caseId' | 'customerId'>,
  text: Text,
  origin: Readonly<Record<string, number>>,
): CardAction[] {
  const { buttons } = text.cards
  const ids = { case: item.caseId, customer: item.customerId, ...origin }
  return [
    { action: 'contacted', label: buttons.contacted, style: 'primary', payload: ids },
    { action: 'why', label: buttons.why, payload: { customer: item.customerId } },
    { action: 'snooze', label: buttons.snooze, payload: ids },
    { action: 'false-alarm', label: buttons.falseAlarm, payload: ids },
  ]
}

function transferAction({ caseId, customerId }: AtRiskItem, text: Text): CardAction {
  const payload = { case: caseId, customer: customerId }
  return { action: 'transfer', label: text.cards.buttons.transfer, payload }
}

/** Evidence that raises risk, strongest first; equal points keep the scorer's order. */
export function raising(evidence: readonly Evidence[]): Evidence[] {
  return evidence.filter((one) => one.points > 0).sort((a, b) => b.points - a.points)
}

/** The colour of a band, the same on every card. */
export function toneOf(band: Band): 'neutral' | 'warning' | 'urgent' {
  if (bandRank(band) >= bandRank('high')) return 'urgent'
  return band === 'none' ? 'neutral' : 'warning'
}

function figureOf(item: AtRiskItem, text: Text): Pick<Card, 'figure'> {
  const { labels } = text.cards
  if (item.risk !== null) return { figure: { value: text.common.percent(item.risk), label: labels.risk } }
  if (item.value12m > 0) {
    return { figure: { value: text.common.money(item.value12m), label: labels.value12m } }
  }
  return {}
}

/** The main fact alone: one line of a phone or two. */
function shortReason(evidence: Evidence, text: Text): string {
  const [fact] = evidence.facts
  const sentence = fact ? factSentence(fact, text) : ''
  return clip(sentence === '' ? evidenceSentence(evidence, text) : sentence, REASON_CHARS)
}

function headWords(item: AtRiskItem, text: Text): string[] {
  const tier = item.tier === 'unknown' ? [] : [text.cards.tierWord(text.common.tiers[item.tier])]
  const value = item.value12m > 0 ? [text.cards.perYear(text.common.money(item.value12m))] : []
  const owner = item.ownerName === undefined ? [] : [clip(item.ownerName, 8)]
  const again = relapseWords(item.relapse, text)
  return [bandWord(item, text), ...tier, ...value, ...owner, ...(again === '' ? [] : [again])]
}

/** 10/12 挽回后又变差; nothing where the end of the last case says nothing. */
export function relapseWords(relapse: Relapse | null | undefined, text: Text): string {
  if (!relapse) return ''
  return text.sla.relapse[relapse.state]?.(text.common.date(relapse.on)) ?? ''
}

/** An event may speak of a customer that has no score: that is not calm, it is unknown. */
function bandWord({ risk, band }: AtRiskItem, text: Text): string {
  return risk === null && band === 'none' ? text.common.insufficient : text.common.bands[band]
}

function portrait(item: AtRiskItem, text: Text): string {
  const stage = text.scoring.stages[item.stage]
  return [...headWords(item, text), ...(stage ? [stage] : [])].join(' · ')
}

function suggestionOf({ action }: AtRiskItem, [first]: readonly Evidence[], text: Text): string {
  return action ?? (first && text.scoring.suggestions[first.signal]) ?? ''
}

function suggestionLine(suggestion: string, text: Text): string {
  return suggestion === '' ? '' : text.cards.suggestion(suggestion)
}
