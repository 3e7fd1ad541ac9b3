import type { Evidence } from '../../model/score.ts'
import type { Features } from '../features.ts'
import { signals } from '../signals/index.ts'
import { type FactContext, groupFacts, ordersAround } from './group-facts.ts'
import type { Group } from './groups.ts'

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

/**
 * A learned model's contributions in the vocabulary of the signals. Where a signal fires, its dated facts are the
 * clauses; else the group's own. Signals that fire on something the model does not see are named without points, so
 * that the reader knows of them and the sum stays true. Most points first.
 */
export function evidenceOf(
  groups: readonly GroupPoints[],
  one: Features,
  context: Omit<FactContext, 'raises'>,
): Evidence[] {
  const fired = signals
    .flatMap((signal) => signal.evaluate(one, context.settings) ?? [])
    .toSorted((a, b) => b.points - a.points)
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
