import type { Day } from '../../../model/day.ts'
import type { EventKind } from '../../../model/event.ts'
import type { Population } from '../../../model/population.ts'
import type { Settings } from '../../../settings.ts'
import type { Features } from '../../features.ts'
import { negativeWords } from '../../signals/negative-words.ts'
import type { ColumnSpec, Monotone } from '../matrix.ts'
import { asksForFacts, type RowPlan } from './row-plan.ts'

/** Numbers that are kept of each kind: counts in three windows and the days since the last. */
const PER_KIND = 4
/** What people say is remembered in these kinds. */
const SPEAKING: readonly EventKind[] = ['consult', 'complaint', 'ticket', 'visit', 'review']

function spec(name: string, log1p: boolean, monotone: Monotone = 0): ColumnSpec {
  return { name, log1p, monotone }
}

/** The columns beyond purchases, named `<what>:<how>`, in the order of `factValues`; none for a log of orders alone. */
export function factColumns(plan: RowPlan): readonly ColumnSpec[] {
  if (!asksForFacts(plan)) return []
  return [
    ...plan.kinds.flatMap((kind) =>
      ['third', 'horizon', 'twice', 'since'].map((how) => spec(`${kind}:${how}`, true)),
    ),
    spec('activity:ratio', true),
    ...openKinds(plan).map((kind) => spec(`${kind}:open`, true)),
    ...(speaks(plan) ? [spec('negative-words:points', false)] : []),
    ...(plan.nps ? [spec('nps:last', false, -1), spec('nps:drop', false, 1)] : []),
  ]
}

/** One customer's values of these columns; a kind that is recorded nowhere any more is unknown. */
export function factValues(
  features: Features,
  population: Population,
  plan: RowPlan,
  settings: Settings['scoring'],
): number[] {
  if (!asksForFacts(plan)) return []
  return [
    ...kindValues(features, population, plan),
    features.activity === null
      ? Number.NaN
      : (features.activity.recent + 1) / (features.activity.expected + 1),
    ...openKinds(plan).map(
      (kind) => features.complaints.filter((one) => one.kind === kind && one.open).length,
    ),
    ...(speaks(plan) ? [wordPoints(features, settings)] : []),
    ...(plan.nps ? npsValues(features) : []),
  ]
}

function openKinds({ kinds }: RowPlan): ('complaint' | 'ticket')[] {
  return (['complaint', 'ticket'] as const).filter((kind) => kinds.includes(kind))
}

function speaks({ kinds }: RowPlan): boolean {
  return SPEAKING.some((kind) => kinds.includes(kind))
}

/** Counts in a third of the horizon, in the horizon and in twice of it, and the days since; four numbers a kind. */
function kindValues({ events, asOf }: Features, population: Population, plan: RowPlan): Float64Array {
  const values = new Float64Array(plan.kinds.length * PER_KIND)
  plan.kinds.forEach((kind, k) => {
    const known = population.kinds.includes(kind)
    values.fill(known ? 0 : Number.NaN, k * PER_KIND, (k + 1) * PER_KIND)
    values[k * PER_KIND + 3] = Number.NaN
  })
  for (const { kind, day } of events) {
    const at = plan.kinds.indexOf(kind) * PER_KIND
    if (at >= 0) addEvent(values, at, asOf - day, plan.horizon)
  }
  return values
}

function addEvent(values: Float64Array, at: number, age: Day, horizon: number): void {
  if (age < horizon / 3) values[at] = (values[at] ?? 0) + 1
  if (age < horizon) values[at + 1] = (values[at + 1] ?? 0) + 1
  if (age < 2 * horizon) values[at + 2] = (values[at + 2] ?? 0) + 1
  // Events come oldest first: the last one stays.
  values[at + 3] = age
}

/** What the customer said, not what a rep noted: notes are written where somebody already worried. */
function wordPoints(features: Features, settings: Settings['scoring']): number {
  const spoken = features.spoken.filter(({ table }) => table !== 'follow_ups')
  return negativeWords.evaluate({ ...features, spoken }, settings)?.points ?? 0
}

function npsValues({ nps }: Features): [number, number] {
  if (nps === null) return [Number.NaN, Number.NaN]
  return [nps.score, nps.before === null ? Number.NaN : nps.before - nps.score]
}
