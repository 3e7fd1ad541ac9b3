import { type Day, dayFromIso, isoFromDay } from '../../model/day.ts'
import type { Connector, Entity, SourcePage, SourceRow } from '../connector.ts'
import { lifeOf } from './life.ts'
import { planOf } from './plan.ts'
import {
  contactRows,
  customerRows,
  eventRows,
  memberRows,
  type Shown,
  surveyRows,
  type Values,
} from './rows.ts'
import { FIRST_DAY } from './season.ts'

/** The name facts of the demo company are stored under. */
export const DEMO_SOURCE = 'demo'

export interface DemoOptions {
  readonly customers: number
  readonly seed: number
  /** The business day now: only what happened before it is known, so that the story can be lived on. */
  readonly today: () => Day
}

export const DEMO_DEFAULTS = { customers: 600, seed: 20_261_123 } as const

/** Facts of a page; a page ends with a day, because the cursor is a day. */
const PAGE_ROWS = 4_000

/** The demo company as a source: a new day is released when the clock has passed it. */
export function demoConnector(options: DemoOptions): Connector {
  return {
    name: DEMO_SOURCE,
    async *pull(cursor, signal): AsyncGenerator<SourcePage> {
      const before = options.today()
      const after = cursor === null ? null : dayFromIso(cursor)
      if (before - 1 <= (after ?? FIRST_DAY - 1)) return
      const { masters, moved, facts } = rowsBetween(options, after, before)
      const next = cursor ?? isoFromDay(FIRST_DAY - 1)
      yield { rows: masters, next }
      if (moved.length > 0) yield { rows: moved, next }
      for (const page of pagesOf(facts, before - 1)) {
        if (signal.aborted) return
        yield page
      }
    },
  }
}

interface DatedRow {
  readonly from: Day
  readonly row: SourceRow
}

/**
 * Rows the books began to show in (after, before): people and customers as they are now, and the facts by day.
 * `moved` are contacts that left or joined; they come after the contacts as they were, so that a first load sees
 * who came after whom.
 */
function rowsBetween(
  { customers, seed }: DemoOptions,
  after: Day | null,
  before: Day,
): { masters: SourceRow[]; moved: SourceRow[]; facts: DatedRow[] } {
  let line = 0
  const asRow = (entity: Entity, values: Values): SourceRow => ({ entity, line: ++line, values })
  const inWindow = (day: Day): boolean => day < before && (after === null || day > after)
  const isNew = ({ from }: Shown): boolean => inWindow(from)
  const people: SourceRow[] = after === null ? memberRows().map((values) => asRow('members', values)) : []
  const [companies, contacts, moved]: [SourceRow[], SourceRow[], SourceRow[]] = [[], [], []]
  const facts: DatedRow[] = []
  for (let index = 0; index < customers; index++) {
    const plan = planOf(seed, index)
    if (plan.from >= before) continue
    const life = lifeOf(seed, plan)
    for (const { values } of latest(customerRows(plan, life), before).filter(isNew)) {
      companies.push(asRow('customers', values))
    }
    for (const { values } of contactRows(plan, life).filter(isNew)) {
      const atFirst = values.from === '' && values.left === ''
      ;(atFirst ? contacts : moved).push(asRow('contacts', values))
    }
    for (const shown of eventRows(plan, life, inWindow)) {
      facts.push({ from: shown.from, row: asRow('events', shown.values) })
    }
    for (const shown of surveyRows(plan, life, inWindow)) {
      facts.push({ from: shown.from, row: asRow('surveys', shown.values) })
    }
  }
  facts.sort((a, b) => a.from - b.from)
  return { masters: [...people, ...companies, ...contacts], moved, facts }
}

/** Of several versions of a row only the one that is shown on the day before `before`. */
function latest(versions: readonly Shown[], before: Day): Shown[] {
  const byKey = new Map<string, Shown>()
  for (const version of versions) {
    if (version.from < before) byKey.set(version.values.key ?? '', version)
  }
  return [...byKey.values()]
}

function* pagesOf(facts: readonly DatedRow[], last: Day): Generator<SourcePage> {
  let rows: SourceRow[] = []
  for (const [at, fact] of facts.entries()) {
    rows.push(fact.row)
    const dayEnds = facts[at + 1]?.from !== fact.from
    if (rows.length < PAGE_ROWS || !dayEnds) continue
    yield { rows, next: isoFromDay(fact.from) }
    rows = []
  }
  yield { rows, next: isoFromDay(last) }
}
