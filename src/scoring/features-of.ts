import { EARLY_RENEWAL_DAYS } from '../model/churn-status.ts'
import type { CustomerFacts, EventFact, ScoredCustomer, SurveyFact } from '../model/customer-facts.ts'
import type { Day } from '../model/day.ts'
import { readDeleted } from '../model/deleted-contact.ts'
import { gapsOf, quantile, typicalGap } from '../model/own-cycle.ts'
import type { Population } from '../model/population.ts'
import {
  type Complaint,
  type Cycle,
  type Features,
  type Purchase,
  RECENT_PURCHASES,
  type Spoken,
  type WatchedKind,
} from './features.ts'
import { type DayCounter, dayCounter } from './quiet-days.ts'
import { BASELINE_DAYS, MEMORY_DAYS, RECENT_DAYS, type Tally, tallyOf } from './tally.ts'

/** Items of one kind an explanation may draw on. */
const MAX_TOLD = 10
/** Purchases compared on each side of "orders get smaller". */
const AMOUNT_WINDOW = 3
const USUAL_WINDOW = 12
/** Counted days the baseline of activity needs. */
const MIN_BASELINE_DAYS = 60
const MIN_RECENT_DAYS = 15

/** Typical gaps of the customer's segment in days: as measured, and as the settings expect them. */
export interface Gaps {
  readonly measured: number
  readonly expected: number
}

/**
 * The features of one customer as of a day, in one pass over its facts. Pure: facts after as-of must not be in
 * `facts`, their order does not matter, and everything about other customers comes from `population`.
 */
export function featuresOf(
  customer: ScoredCustomer,
  facts: CustomerFacts,
  asOf: Day,
  population: Population,
  gaps: Gaps,
): Features {
  const counter = dayCounter(population.quiet)
  const events = inOrder(facts.events)
  const tally = tallyOf(events, asOf, population)
  const firstSeen = earliest(tally.firstSeen, customer.since)
  const { purchases } = tally
  const last = purchases.at(-1)?.day
  const segmentGap = gaps.measured
  return {
    customerId: customer.id,
    segment: customer.segment,
    asOf,
    firstSeen,
    events,
    orderDays: purchases.length,
    activeDays: tally.activeDays,
    firstOrder: purchases[0]?.day ?? null,
    orders: purchases,
    purchases: purchases.slice(-RECENT_PURCHASES),
    cycle: cycleOf(purchases, segmentGap, counter),
    segmentGap,
    silence: last === undefined ? null : { days: asOf - last, counted: counter.between(last, asOf) },
    silenceBy: daysSince(tally, firstSeen, asOf, population),
    lastDone: daysSince(tally, null, asOf, population),
    idleDays: tally.lastActive === null ? null : asOf - tally.lastActive,
    activity: activityOf(tally, firstSeen, asOf, counter),
    amounts: amountsOf(purchases),
    revenue12m: tally.revenue12m,
    revenueTotal: tally.revenueTotal,
    complaints: complaintsOf(tally),
    contactChanges: toldBy(tally, 'contact-change'),
    contactDeletions: deletionsOf(tally),
    nps: npsOf(facts.surveys, asOf),
    spoken: spokenOf(tally, facts, asOf),
    renewal: renewalOf(customer.renewalOn, tally),
    cancel: cancelOf(tally),
    history: {
      orderDays: purchases.map((one) => one.day),
      renewalDays: tally.renewalDays,
      cancelDays: tally.cancelDays,
      renewalOn: customer.renewalOn,
      segmentGap: gaps.expected,
      asOf,
    },
  }
}

function inOrder(events: readonly EventFact[]): readonly EventFact[] {
  for (let i = 1; i < events.length; i++) {
    const [one, two] = [events[i - 1], events[i]]
    if (one && two && compare(one, two) > 0) return [...events].sort(compare)
  }
  return events
}

function compare(a: { day: Day; at: number; id: number }, b: { day: Day; at: number; id: number }): number {
  return a.day - b.day || a.at - b.at || a.id - b.id
}

function earliest(a: Day | null, b: Day | null): Day | null {
  if (a === null || b === null) return a ?? b
  return Math.min(a, b)
}

function cycleOf(purchases: readonly Purchase[], segmentGap: number, counter: DayCounter): Cycle | null {
  if (purchases.length < 2) return null
  const days = purchases.map((one) => one.day)
  const gaps = gapsOf(days)
  const counted = gaps.map((gap, i) => {
    const from = days[i] ?? 0
    return counter.between(from, from + gap)
  })
  return {
    gaps: gaps.length,
    median: quantile(gaps, 0.5),
    longest: gaps.reduce((longest, gap) => Math.max(longest, gap), 0),
    typical: typicalGap(counted, segmentGap),
    p90: quantile(counted, 0.9),
  }
}

/** Days since each watched kind; `otherwise` is the day to count from when the customer never did it. */
function daysSince(
  tally: Tally,
  otherwise: Day | null,
  asOf: Day,
  population: Population,
): Record<WatchedKind, number | null> {
  const since = (kind: WatchedKind): number | null => {
    const day = population.kinds.includes(kind) ? (tally.lastBy[kind] ?? otherwise) : null
    return day === null ? null : asOf - day
  }
  return {
    login: since('login'),
    consult: since('consult'),
    order: since('order'),
    browse: since('browse'),
    review: since('review'),
  }
}

/** Days in long holidays count on neither side, so February does not look like a drop. */
function activityOf(
  tally: Tally,
  firstSeen: Day | null,
  asOf: Day,
  counter: DayCounter,
): Features['activity'] {
  if (firstSeen === null || tally.recent + tally.baseline === 0) return null
  const start = asOf - RECENT_DAYS
  const recentDays = counter.between(start, asOf)
  const baselineDays = counter.between(Math.max(firstSeen - 1, start - BASELINE_DAYS), start)
  if (baselineDays < MIN_BASELINE_DAYS || recentDays < MIN_RECENT_DAYS) return null
  return { recent: tally.recent, expected: (tally.baseline * recentDays) / baselineDays }
}

function amountsOf(purchases: readonly Purchase[]): Features['amounts'] {
  const amounts = purchases.flatMap((one) => (one.amount === null ? [] : [one.amount]))
  if (amounts.length < 2 * AMOUNT_WINDOW) return null
  return {
    recent: quantile(amounts.slice(-AMOUNT_WINDOW), 0.5),
    usual: quantile(amounts.slice(-AMOUNT_WINDOW - USUAL_WINDOW, -AMOUNT_WINDOW), 0.5),
  }
}

/** `resolved` closes what is not younger than it: date-only rows of one day share their instant. */
function complaintsOf(tally: Tally): Complaint[] {
  const complaints: Complaint[] = []
  for (const { id, kind, day, at, text } of tally.told) {
    if (kind !== 'complaint' && kind !== 'ticket') continue
    complaints.push({ table: 'events', id, day, kind, open: at > tally.resolvedAt, text: text ?? '' })
  }
  return complaints.slice(-MAX_TOLD)
}

function toldBy(tally: Tally, kind: EventFact['kind']): Spoken[] {
  return tally.told.filter((one) => one.kind === kind).map(spoken)
}

/** Removals of us that nothing took back: adding the same rep again ends all earlier ones of that rep. */
function deletionsOf(tally: Tally): Spoken[] {
  const open = new Map<string, Spoken>()
  for (const event of tally.told) {
    if (event.kind !== 'contact-deleted' && event.kind !== 'contact-added') continue
    const { rep } = readDeleted(event.text ?? '')
    if (event.kind === 'contact-deleted') open.set(rep, spoken(event))
    else open.delete(rep)
  }
  return [...open.values()].slice(-MAX_TOLD)
}

function spoken({ id, day, text }: EventFact): Spoken {
  return { table: 'events', id, day, text: text ?? '' }
}

/** The latest answer, and the one before it of the same contact (of anybody when contacts are not named). */
function npsOf(surveys: readonly SurveyFact[], asOf: Day): Features['nps'] {
  const answers = surveys.filter((one) => one.kind === 'nps').sort(compare)
  const latest = answers.at(-1)
  if (latest === undefined || asOf - latest.day > MEMORY_DAYS) return null
  const before = answers.slice(0, -1).findLast((one) => one.contact === latest.contact)
  return {
    table: 'surveys',
    id: latest.id,
    day: latest.day,
    score: latest.score,
    before: before?.score ?? null,
  }
}

const SPOKEN_ORDER = { events: 0, surveys: 1, follow_ups: 2 } as const

/** Data changes and notices are shown by their own signals. */
const OWN_SIGNAL: ReadonlySet<EventFact['kind']> = new Set<EventFact['kind']>([
  'contact-change',
  'contact-deleted',
  'contact-added',
  'cancel',
])

function spokenOf(tally: Tally, facts: CustomerFacts, asOf: Day): Spoken[] {
  const words: Spoken[] = []
  for (const event of tally.told) {
    if (!OWN_SIGNAL.has(event.kind) && event.text !== null) words.push(spoken(event))
  }
  for (const { id, day, text } of facts.surveys) {
    if (text !== null && asOf - day <= MEMORY_DAYS) words.push({ table: 'surveys', id, day, text })
  }
  for (const { id, day, text } of facts.notes) {
    if (asOf - day <= MEMORY_DAYS) words.push({ table: 'follow_ups', id, day, text })
  }
  return words
    .sort((a, b) => b.day - a.day || SPOKEN_ORDER[a.table] - SPOKEN_ORDER[b.table] || b.id - a.id)
    .slice(0, MAX_TOLD)
}

function renewalOf(renewalOn: Day | null, tally: Tally): Features['renewal'] {
  if (renewalOn === null) return null
  const last = tally.renewalDays.at(-1)
  return { on: renewalOn, renewed: last !== undefined && last >= renewalOn - EARLY_RENEWAL_DAYS }
}

/** A notice stands until an order or renewal after it. */
function cancelOf(tally: Tally): Spoken | null {
  const notice = tally.told.findLast((one) => one.kind === 'cancel')
  if (notice === undefined) return null
  const after = Math.max(tally.purchases.at(-1)?.day ?? 0, tally.renewalDays.at(-1) ?? 0)
  return after > notice.day ? null : spoken(notice)
}
