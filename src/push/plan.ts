import type { Band, Tier } from '../model/churn.ts'
import type { Day } from '../model/day.ts'
import {
  type Candidate,
  type DueContact,
  HELD_REASONS,
  type HeldReason,
  type OrderDue,
  type Responsible,
} from '../model/push.ts'
import type { PushWish } from '../model/push-wish.ts'
import type { Settings } from '../settings.ts'
import { chooseOrders } from './expected-orders.ts'
import { askedFor, gotWorse, heldBack, waitingEvent } from './hold.ts'

export interface PlanInput {
  readonly day: Day
  readonly workday: boolean
  /** Customers of `minBand` or above, and those with an event that waits. */
  readonly candidates: readonly Candidate[]
  /** Promised contacts up to `day`. */
  readonly due: readonly DueContact[]
  /** Customers whose next order is expected about now; none when left out. */
  readonly orders?: readonly OrderDue[]
  /** Customers of the control group that may not be pushed yet; none when left out. Events and what a rep asked for come through. */
  readonly holdout?: ReadonlySet<number>
  readonly push: Settings['push']
  /** Who gets what is meant for whom, null for nobody; left out, those who are active get their own. */
  readonly receiverOf?: (owner: Responsible) => Receiver | null
  /** Customers that rules beside their own case hold today, each with the reason. */
  readonly resting?: ReadonlyMap<number, HeldReason>
  /** What a receiver, by member id, wishes to see; left out, everything. */
  readonly wishes?: ReadonlyMap<number, PushWish>
  /** Plan customers without an owner as one group, to be looked at and never sent. */
  readonly showUnassigned?: boolean
}

/** Who gets a push. */
export interface Receiver {
  readonly id: number
  readonly name: string
}

/**
 * One customer of a digest and why it stands at its place: events, then reminders asked for, then risk × value.
 * `promised` and `worse` say why it is there at all.
 */
export interface PlanItem {
  readonly rank: number
  readonly reason: 'event' | 'asked' | 'promised' | 'worse' | 'priority'
  readonly customerId: number
  readonly customerName: string
  readonly risk: number | null
  readonly band: Band
  readonly tier: Tier
  readonly stage: string
  readonly value12m: number
  readonly scoreRunId: number | null
  /** Who answers for it; null for one without an owner. */
  readonly owner: Responsible | null
}

export interface RepPlan {
  /** Null: the group of customers that have no owner. */
  readonly memberId: number | null
  readonly name: string | null
  readonly items: readonly PlanItem[]
  readonly due: readonly DueContact[]
  /** Expected orders to be reminded of: no risk, and a budget of their own. */
  readonly orders: readonly OrderDue[]
  /** What the receiver chose to see. */
  readonly wish?: PushWish
  /** At-risk customers that found no place today. */
  readonly more: number
}

export interface Plan {
  readonly day: Day
  /** Reps with something to say, by member id. */
  readonly reps: readonly RepPlan[]
  readonly held: Readonly<Record<HeldReason, number>>
  /** At-risk customers that nobody can be told of: for the administrator. The most important ones. */
  readonly homeless: readonly PlanItem[]
}

const HOMELESS_SHOWN = 10
/** Nobody can be told. */
const NOBODY: readonly HeldReason[] = ['no-owner', 'inactive-owner', 'absent-owner']

/**
 * Who hears of whom today. Pure: the same input gives the same plan. A rep's digest holds at most `perDay`
 * customers, of these at most `urgentPerDay` in the urgent band; nobody is repeated within `repeatAfterDays`
 * unless it got worse or was asked for.
 */
export function planDay(input: PlanInput): Plan {
  const held = Object.fromEntries(HELD_REASONS.map((reason) => [reason, 0])) as Record<HeldReason, number>
  const groups = new Map<number | null, Candidate[]>()
  const names = new Map<number | null, string>()
  const receiver = (one: { readonly owner: Responsible | null }): number | null => {
    const found = receiverOf(one.owner, input)
    if (found) names.set(found.id, found.name)
    return found?.id ?? null
  }
  const homeless: Candidate[] = []
  for (const one of input.candidates) {
    const reason = reasonToHold(one, input)
    if (reason !== null) held[reason]++
    if (reason !== null && NOBODY.includes(reason)) homeless.push(one)
    if (reason === null) push(groups, receiver(one), one)
  }
  const dueBy = groupReceived(input.due, receiver, input)
  const ordersBy = groupReceived(input.orders ?? [], receiver, input)
  const ids = [...new Set([...groups.keys(), ...dueBy.keys(), ...ordersBy.keys()])]
  const reps = ids
    .sort((a, b) => (a ?? -1) - (b ?? -1))
    .map((id) => {
      const given = {
        candidates: groups.get(id) ?? [],
        due: dueBy.get(id) ?? [],
        orders: ordersBy.get(id) ?? [],
      }
      return planRep({ id, name: names.get(id) ?? null }, given, input)
    })
  held.budget = reps.reduce((sum, rep) => sum + rep.more, 0)
  return {
    day: input.day,
    reps: reps.filter((rep) => rep.items.length + rep.due.length + rep.orders.length > 0),
    held,
    homeless: homeless.sort(byPriority(input.day)).slice(0, HOMELESS_SHOWN).map(asItem(input.day)),
  }
}

function reasonToHold(one: Candidate, input: PlanInput): HeldReason | null {
  const reason = heldBack(one, input.day, input.push, input.resting)
  if (reason !== null) return reason
  if (input.holdout?.has(one.customerId) && !waitingEvent(one) && !askedFor(one, input.day)) return 'holdout'
  if (!input.workday) return 'off-day'
  if (one.owner === null) return input.showUnassigned ? null : 'no-owner'
  const receiver = receiverOf(one.owner, input)
  if (receiver) return isWished(one, input, receiver.id) ? null : 'preference'
  return one.owner.active ? 'absent-owner' : 'inactive-owner'
}

function isWished(one: Candidate, { day, wishes }: PlanInput, receiver: number): boolean {
  return !wishes?.get(receiver)?.highValue || one.tier === 'A' || waitingEvent(one) || askedFor(one, day)
}

function receiverOf(owner: Responsible | null, input: PlanInput): Receiver | null {
  if (owner === null) return null
  if (input.receiverOf) return input.receiverOf(owner)
  return owner.active ? owner : null
}

function groupReceived<T extends Pick<DueContact, 'owner'>>(
  all: readonly T[],
  receiver: (one: T) => number | null,
  { workday }: PlanInput,
): Map<number | null, T[]> {
  const groups = new Map<number | null, T[]>()
  if (!workday) return groups
  for (const one of all) {
    const id = receiver(one)
    if (id !== null) push(groups, id, one)
  }
  return groups
}

function planRep(
  rep: { readonly id: number | null; readonly name: string | null },
  {
    candidates,
    due,
    orders,
  }: { candidates: Candidate[]; due: readonly DueContact[]; orders: readonly OrderDue[] },
  { day, push, holdout, wishes }: PlanInput,
): RepPlan {
  const { perDay, urgentPerDay } = push
  const wish = wishes?.get(rep.id ?? 0)
  const wished = wish?.perDay ?? perDay
  const chosen: Candidate[] = []
  let urgent = 0
  for (const one of candidates.sort(byPriority(day))) {
    if (chosen.length >= perDay || (chosen.length >= wished && !waitingEvent(one))) break
    if (one.band === 'urgent' && urgent >= urgentPerDay) continue
    if (one.band === 'urgent') urgent++
    chosen.push(one)
  }
  const shown = new Set(chosen.map((one) => one.customerId))
  const promised = new Set(due.map((one) => one.customerId))
  return {
    memberId: rep.id,
    name: rep.name,
    items: chosen.map(asItem(day, promised)),
    due: due
      .filter((one) => !shown.has(one.customerId))
      .sort((a, b) => a.nextOn - b.nextOn || a.customerId - b.customerId),
    orders: chooseOrders(orders, { day, push, shown: new Set([...shown, ...promised, ...(holdout ?? [])]) }),
    ...(wish && { wish }),
    more: candidates.length - chosen.length,
  }
}

/**
 * Events that wait first, then reminders asked for, then risk × value; equal ones by risk, value and at last by id,
 * so that the order is stable.
 */
function byPriority(day: Day): (a: Candidate, b: Candidate) => number {
  const risk = (one: Candidate): number => one.risk ?? 0
  const first = (one: Candidate): number => (waitingEvent(one) ? 2 : askedFor(one, day) ? 1 : 0)
  return (a, b) =>
    first(b) - first(a) ||
    risk(b) * b.value12m - risk(a) * a.value12m ||
    risk(b) - risk(a) ||
    b.value12m - a.value12m ||
    a.customerId - b.customerId
}

function asItem(
  day: Day,
  promised: ReadonlySet<number> = new Set(),
): (one: Candidate, index: number) => PlanItem {
  return (one, index) => {
    const { customerId, customerName, risk, band, tier, stage, value12m, scoreRunId, owner } = one
    const reason = reasonOf(one, day, promised)
    const rank = index + 1
    return { rank, reason, customerId, customerName, risk, band, tier, stage, value12m, scoreRunId, owner }
  }
}

function reasonOf(one: Candidate, day: Day, promised: ReadonlySet<number>): PlanItem['reason'] {
  if (waitingEvent(one)) return 'event'
  if (askedFor(one, day)) return 'asked'
  if (promised.has(one.customerId)) return 'promised'
  return gotWorse(one) ? 'worse' : 'priority'
}

function push<K, V>(groups: Map<K, V[]>, key: K, value: V): void {
  const group = groups.get(key)
  if (group) group.push(value)
  else groups.set(key, [value])
}
