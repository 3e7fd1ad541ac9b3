import { type Day, isoFromDay } from '../../model/day.ts'
import type { Text } from '../index.ts'
import { common } from './common.ts'

const date = (on: Day): string => isoFromDay(on)
const money = (fen: number | string | undefined): string => common.money(Number(fen))
const quoted = (text: number | string | undefined): string => (text ? `: “${text}”` : '')
const NOUNS: Readonly<Record<string, string>> = { consult: 'question' }
const list = (names: number | string | undefined): string =>
  String(names)
    .split(',')
    .map((kind) => NOUNS[kind] ?? kind)
    .join(', ')

export const facts: Text['facts'] = {
  'own-cycle': (v) =>
    `usually orders every ${v.typical} days (${v.orders} orders, longest gap ${v.longest}), today is day ${v.silence}`,
  holiday: (v) => `${v.days} days of long holidays not counted`,
  'last-order': (v, on) =>
    Number(v.amount) < 0 ? `last order ${date(on)}` : `last order ${date(on)}, ${money(v.amount)}`,
  silence: (v) => `${v.days} days without ${list(v.kinds)}`,
  idle: (v) => `${v.days} days without any activity`,
  'activity-drop': (v) => `${v.recent} interactions in 30 days, ${v.before} per 30 days before`,
  'smaller-orders': (v) => `last 3 orders around ${money(v.recent)}, usually ${money(v.usual)}`,
  'order-amount': (v, on) => `ordered ${money(v.amount)} on ${date(on)}`,
  'complaint-open': (v, on) => `complaint of ${date(on)} open for ${v.days} days${quoted(v.text)}`,
  'complaint-closed': (v, on) => `complained on ${date(on)} (closed)${quoted(v.text)}`,
  'ticket-open': (v, on) => `ticket of ${date(on)} open for ${v.days} days${quoted(v.text)}`,
  'renewal-due': (v, on) => `ends on ${date(on)}, ${v.days} days left, not renewed`,
  'renewal-late': (v, on) => `ended on ${date(on)}, ${v.days} days ago, not renewed`,
  'contact-change': (v, on) => `contact changed (${date(on)}${v.who ? ` ${v.who}` : ''})`,
  'contact-deleted': (v, on) =>
    `the customer deleted ${v.who || 'the rep'} in WeChat on ${date(on)}${v.still ? `, kept ${v.still}` : ''}`,
  'nps-low': (v, on) => `NPS ${v.score} on ${date(on)}`,
  'nps-drop': (v, on) => `NPS ${v.score} on ${date(on)}, ${v.before} the time before`,
  'csat-low': (v, on) => `satisfaction ${v.score} of 5 on ${date(on)}`,
  'survey-words': (v) => `they said “${v.text}”`,
  'negative-words': (v, on) => `said “${v.quote}” on ${date(on)} (words: ${v.words})`,
  cancel: (v, on) => `gave notice on ${date(on)}${quoted(v.text)}`,
  'orders-window': (v) => `${v.recent} orders in ${v.window} days, ${v.before} in the ${v.window} before`,
  'orders-total': (v, on) => `${v.orders} orders since the first on ${date(on)}`,
  spend: (v) => `${money(v.recent)} in ${v.window} days, ${money(v.amount)} in all`,
  'small-order': (v, on) => `last order ${date(on)} only ${money(v.amount)}, ${money(v.usual)} on average`,
  'no-order': (v) => `by its rhythm ${v.percent}% likely not to order within ${v.window} days`,
  activity: (v, on) => `${v.recent} interactions in 30 days, the last on ${date(on)}`,
  'nps-given': (v, on) => `NPS ${v.score} on ${date(on)}`,
  segment: (v) =>
    `customers ${v.name === 'default' ? 'without a segment' : `of “${v.name}”`} leave ${v.more ? 'more' : 'less'} often`,
  'no-complaint': (v) => `no complaint for ${v.days} days`,
  'no-nps': (v) => `no NPS answer for ${v.days} days`,
  'no-contact-change': (v) => `no change of contacts for ${v.days} days`,
  'no-negative-words': (v) => `no word of trouble for ${v.days} days`,
  'seed-order': (v) => `order ${v.days} days ago: +50`,
  'seed-consult': (v) => `question ${v.days} days ago: +30`,
  'seed-browse': (v) => `browsed ${v.days} days ago: +10`,
  'seed-review': (v) => `review ${v.days} days ago: +20`,
  'seed-silence': (v) => `nothing for ${v.days} days: -100`,
}
