import { ACTIVITY_KINDS } from '../../model/customer-facts.ts'
import { factOf } from '../../model/fact-kinds.ts'
import { OWN_CYCLE_MIN_GAPS } from '../../model/own-cycle.ts'
import type { Fact } from '../../model/score.ts'
import type { Settings } from '../../settings.ts'
import type { Features } from '../features.ts'
import { MEMORY_DAYS, RECENT_DAYS } from '../tally.ts'
import type { Group } from './groups.ts'

/** What the facts of a group are made of besides the customer's own features. */
export interface FactContext {
  readonly settings: Settings['scoring']
  /** Days ahead that risk speaks of; windows are multiples of it. */
  readonly horizon: number
  /** Probability of no order within the horizon by the purchase model; NaN without one. */
  readonly pNoOrder: number
  /** Whether the group raises risk. */
  readonly raises: boolean
}

/** The dated facts that a group of columns stands on, where no signal of the rules tells them better. */
export function groupFacts(group: Group, one: Features, context: FactContext): Fact[] {
  return (MAKERS[group] ?? lastOrder)(one, context)
}

/** An order below this share of the own mean is told as a small one. */
const SMALL = 0.5

type Maker = (one: Features, context: FactContext) => Fact[]

const MAKERS: Readonly<Partial<Record<Group, Maker>>> = {
  rhythm: (one) => [...ownCycle(one), ...lastOrder(one)],
  orders: ordersInWindows,
  spend: spendInWindow,
  'no-order': noOrder,
  activity: lastActivity,
  complaint: (one, { settings }) => absence('no-complaint', one, settings.signals.complaintDays),
  nps: answerOrNone,
  'contact-change': (one, { settings }) =>
    absence('no-contact-change', one, settings.signals.contactChangeDays),
  'negative-words': (one, { settings }) => absence('no-negative-words', one, settings.signals.complaintDays),
  segment: ({ asOf, segment, customerId }, { raises }) => [
    factOf('segment', asOf, { name: segment, more: raises ? 1 : 0 }, { table: 'customers', id: customerId }),
  ],
}

function lastOrder({ orders, asOf }: Features): Fact[] {
  const last = orders.at(-1)
  if (!last) return []
  const values = { amount: last.amount ?? -1, days: asOf - last.day }
  return [factOf('last-order', last.day, values, { table: 'events', id: last.id })]
}

function ownCycle({ cycle, silence, orders }: Features): Fact[] {
  const last = orders.at(-1)
  if (!last || cycle === null || silence === null || cycle.gaps < OWN_CYCLE_MIN_GAPS) return []
  const { median, gaps, longest } = cycle
  const values = { typical: Math.round(median), orders: gaps + 1, longest, silence: silence.days }
  return [factOf('own-cycle', last.day, values, { table: 'events', id: last.id })]
}

function ordersInWindows({ orders, asOf }: Features, { horizon }: FactContext): Fact[] {
  const [first, last] = [orders[0], orders.at(-1)]
  if (!first || !last) return []
  const since = asOf - first.day
  const total = factOf('orders-total', first.day, { orders: orders.length, days: since }, source(first.id))
  if (since < horizon) return [total]
  const { recent, before } = ordersAround(orders, asOf, horizon)
  const window = factOf('orders-window', last.day, { recent, before, window: horizon }, source(last.id))
  return recent + before === 0 ? [total] : [window, total]
}

/** Purchase days in the last `window` days, and in as many days before. */
export function ordersAround(
  orders: Features['orders'],
  asOf: number,
  window: number,
): { recent: number; before: number } {
  const ages = orders.map(({ day }) => asOf - day)
  return {
    recent: ages.filter((age) => age < window).length,
    before: ages.filter((age) => age >= window && age < 2 * window).length,
  }
}

function spendInWindow(one: Features, { horizon }: FactContext): Fact[] {
  const { orders, asOf } = one
  const last = orders.at(-1)
  if (!last || orders.some(({ priced }) => !priced)) return lastOrder(one)
  const window = 2 * horizon
  const amount = (of: Features['orders']): number => of.reduce((sum, order) => sum + (order.amount ?? 0), 0)
  const recent = amount(orders.filter(({ day }) => asOf - day < window))
  const spend = factOf('spend', last.day, { recent, window, amount: amount(orders) }, source(last.id))
  const before = orders.slice(0, -1)
  const usual = Math.round(amount(before) / Math.max(before.length, 1))
  const own = last.amount ?? 0
  if (own >= SMALL * usual) return [spend]
  return [
    factOf('small-order', last.day, { amount: own, usual, days: asOf - last.day }, source(last.id)),
    spend,
  ]
}

function noOrder({ orders }: Features, { horizon, pNoOrder }: FactContext): Fact[] {
  const last = orders.at(-1)
  if (!last || Number.isNaN(pNoOrder)) return []
  const percent = Math.round(pNoOrder * 100)
  return [factOf('no-order', last.day, { percent, window: horizon }, source(last.id))]
}

function lastActivity({ events, asOf }: Features): Fact[] {
  const last = events.findLast(({ kind }) => ACTIVITY_KINDS.has(kind))
  if (!last) return []
  const recent = events.filter(({ kind, day }) => ACTIVITY_KINDS.has(kind) && asOf - day < RECENT_DAYS).length
  return [factOf('activity', last.day, { recent, days: asOf - last.day }, source(last.id))]
}

function answerOrNone(one: Features): Fact[] {
  const { nps } = one
  if (nps === null) return absence('no-nps', one, MEMORY_DAYS)
  return [factOf('nps-given', nps.day, { score: nps.score }, { table: 'surveys', id: nps.id })]
}

/** That nothing of a kind happened since a day: no row can stand for it. */
function absence(
  kind: 'no-complaint' | 'no-nps' | 'no-contact-change' | 'no-negative-words',
  { asOf }: Features,
  days: number,
): Fact[] {
  return [factOf(kind, asOf - days, { days }, null)]
}

function source(id: number): Fact['source'] {
  return { table: 'events', id }
}
