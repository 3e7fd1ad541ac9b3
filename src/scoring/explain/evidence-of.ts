import { OWN_CYCLE_MIN_GAPS } from '../../model/own-cycle.ts'
import type { Evidence } from '../../model/score.ts'
import type { Settings } from '../../settings.ts'
import type { Features } from '../features.ts'
import { signals } from '../signals/index.ts'
import { type FactContext, groupFacts, ordersAround } from './group-facts.ts'
import { type Group, groupOf } from './groups.ts'

/** Whole points of a group of columns. */
export interface GroupPoints {
  readonly group: Group
  readonly points: number
}

/** Signals of the rules that tell the facts of a group. */
const SIGNALS: Readonly<Partial<Record<Group, readonly string[]>>> = {
  rhythm: ['overdue', 'silence', 'composite-silence'],
  spend: ['shrinking-orders'],
  activity: ['activity-drop'],
  complaint: ['complaint'],
  nps: ['nps'],
  'contact-change': ['contact-change'],
  'negative-words': ['negative-words'],
  cancel: ['cancel'],
}

/** The rules' signals that fire, strongest first. */
export function firedSignals(one: Features, settings: Settings['scoring']): Evidence[] {
  return signals
    .flatMap((signal) => signal.evaluate(one, settings) ?? [])
    .toSorted((a, b) => b.points - a.points)
}

/** Groups that stand on something the customer says or that changes; mostly there is nothing of the kind. */
const RARE: readonly Group[] = ['complaint', 'nps', 'contact-change', 'negative-words']

/**
 * Adds up columns by group. That nothing rare happened is no reason to worry: where it raises the risk all the same, it
 * does so as a part of how little there is to see of the customer, and is told as activity. Nor is a silence within the
 * own rhythm: what it adds is told as the number of orders.
 */
export function groupSums(
  contributions: readonly { readonly column: string; readonly value: number }[],
  fired: readonly Evidence[],
  one: Features,
): Map<Group, number> {
  const sums = new Map<Group, number>()
  const add = (group: Group, value: number): void => void sums.set(group, (sums.get(group) ?? 0) + value)
  for (const { column, value } of contributions) add(groupOf(column), value)
  for (const group of RARE) {
    const value = sums.get(group) ?? 0
    const isThere = fired.some(({ signal }) => SIGNALS[group]?.includes(signal))
    if (value <= 0 || isThere || (group === 'nps' && one.nps !== null)) continue
    sums.delete(group)
    add('activity', value)
  }
  const rhythm = sums.get('rhythm') ?? 0
  const isQuiet = fired.some(({ signal }) => SIGNALS.rhythm?.includes(signal))
  if (rhythm > 0 && !isQuiet && isOnTime(one)) {
    sums.delete('rhythm')
    add('orders', rhythm)
  }
  return sums
}

/** Not silent for longer than the own usual gap. */
function isOnTime({ cycle, silence }: Features): boolean {
  return (
    cycle !== null && cycle.gaps >= OWN_CYCLE_MIN_GAPS && silence !== null && silence.days <= cycle.median
  )
}

/**
 * A learned model's contributions in the vocabulary of the signals. Where a signal fires, its dated facts are the
 * clauses; else the group's own. Signals that fire on something the model does not see are named without points, so
 * that the reader knows of them and the sum stays true. Most points first.
 */
export function evidenceOf(
  groups: readonly GroupPoints[],
  fired: readonly Evidence[],
  one: Features,
  context: Omit<FactContext, 'raises'>,
): Evidence[] {
  const spoken = groups.filter(({ points }) => points !== 0)
  const told = new Set(spoken.flatMap(({ group }) => SIGNALS[group] ?? []))
  const rest = fired.filter(({ signal }) => !told.has(signal)).map((evidence) => ({ ...evidence, points: 0 }))
  return [...spoken.map((group) => groupEvidence(group, fired, one, context)), ...rest].toSorted(
    (a, b) => b.points - a.points,
  )
}

function groupEvidence(
  { group, points }: GroupPoints,
  fired: readonly Evidence[],
  one: Features,
  context: Omit<FactContext, 'raises'>,
): Evidence {
  const own = fired.filter(({ signal }) => SIGNALS[group]?.includes(signal))
  const [strongest] = own
  const raises = points > 0
  return {
    signal: (raises ? strongest?.signal : undefined) ?? nameOf(group, raises, one, context.horizon),
    points,
    facts: strongest ? own.flatMap(({ facts }) => facts) : groupFacts(group, one, { ...context, raises }),
  }
}

/** The reason's name where no signal of the rules gives it one. */
function nameOf(group: Group, raises: boolean, { orders, asOf }: Features, horizon: number): string {
  if (group !== 'orders' || !raises) return group
  const { recent, before } = ordersAround(orders, asOf, horizon)
  return recent < before ? 'fewer-orders' : group
}
