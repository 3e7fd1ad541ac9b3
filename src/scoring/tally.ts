import { ACTIVITY_KINDS, type EventFact } from '../model/customer-facts.ts'
import type { Day } from '../model/day.ts'
import type { EventKind } from '../model/event.ts'
import type { Population } from '../model/population.ts'
import { ACTIVE_DAYS_CAP, type Purchase } from './features.ts'
import { revenueSign } from './revenue.ts'

/** Windows in days. */
export const RECENT_DAYS = 30
export const BASELINE_DAYS = 90
const YEAR_DAYS = 365
/** Older complaints, changes of contacts and words are history, not signals. */
export const MEMORY_DAYS = 180

/** What one pass over a customer's events adds up. */
export interface Tally {
  firstSeen: Day | null
  activeDays: number
  lastActive: Day | null
  readonly lastBy: Partial<Record<EventKind, Day>>
  readonly purchases: Purchase[]
  recent: number
  baseline: number
  revenue12m: number
  revenueTotal: number
  resolvedAt: number
  readonly renewalDays: Day[]
  readonly cancelDays: Day[]
  /** Events whose words or state matter later: complaints, tickets, contact changes, cancels, spoken words. */
  readonly told: EventFact[]
}

/** Adds up events sorted by day. Kept free of per-kind objects: it runs for every customer every night. */
export function tallyOf(events: readonly EventFact[], asOf: Day, population: Population): Tally {
  const tally: Tally = {
    firstSeen: events[0]?.day ?? null,
    activeDays: 0,
    lastActive: null,
    lastBy: {},
    purchases: [],
    recent: 0,
    baseline: 0,
    revenue12m: 0,
    revenueTotal: 0,
    resolvedAt: Number.NEGATIVE_INFINITY,
    renewalDays: [],
    cancelDays: [],
    told: [],
  }
  const sign = revenueSign(population.kinds)
  for (const event of events) {
    addActivity(tally, event, asOf)
    addMoney(tally, event, asOf, sign)
    addState(tally, event, asOf)
  }
  return tally
}

function addActivity(tally: Tally, event: EventFact, asOf: Day): void {
  const { kind, day } = event
  tally.lastBy[kind] = day
  if (!ACTIVITY_KINDS.has(kind)) return
  if (tally.lastActive !== day && tally.activeDays < ACTIVE_DAYS_CAP) tally.activeDays++
  tally.lastActive = day
  const age = asOf - day
  if (age < RECENT_DAYS) tally.recent++
  else if (age < RECENT_DAYS + BASELINE_DAYS) tally.baseline++
}

function addMoney(tally: Tally, event: EventFact, asOf: Day, sign: (kind: EventKind) => number): void {
  const { kind, amount } = event
  if (kind === 'order') addPurchase(tally.purchases, event)
  if (amount === null) return
  const signed = sign(kind) * amount
  tally.revenueTotal += signed
  if (asOf - event.day < YEAR_DAYS) tally.revenue12m += signed
}

/** Orders of one day are one purchase, amounts added. */
function addPurchase(purchases: Purchase[], { id, day, amount }: EventFact): void {
  const last = purchases.at(-1)
  if (last?.day !== day) {
    purchases.push({ id, day, amount, priced: amount !== null })
    return
  }
  const sum = amount === null ? last.amount : (last.amount ?? 0) + amount
  purchases[purchases.length - 1] = { id: last.id, day, amount: sum, priced: last.priced && amount !== null }
}

function addState(tally: Tally, event: EventFact, asOf: Day): void {
  switch (event.kind) {
    case 'renewal':
      tally.renewalDays.push(event.day)
      break
    case 'cancel':
      tally.cancelDays.push(event.day)
      tally.told.push(event)
      break
    case 'resolved':
      tally.resolvedAt = event.at
      break
    case 'complaint':
    case 'ticket':
    case 'contact-change':
    case 'contact-deleted':
    case 'contact-added':
      if (asOf - event.day <= MEMORY_DAYS) tally.told.push(event)
      break
    default:
      if (event.text !== null && asOf - event.day <= MEMORY_DAYS) tally.told.push(event)
  }
}
