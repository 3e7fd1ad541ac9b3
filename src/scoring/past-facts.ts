import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import { firstDays } from '../store/population-rows.ts'
import { addColumns, type Enrich, type Snapshot } from './learn/history/dataset.ts'
import { factColumns, factValues } from './learn/history/fact-columns.ts'
import { asksForFacts, LEARNED_KINDS, type RowPlan } from './learn/history/row-plan.ts'
import type { Column } from './learn/matrix.ts'
import type { TrainControl } from './learn/train.ts'
import { type FactSource, readFacts, type WantedDay } from './read-facts.ts'
import { chosenScorer } from './scorers/index.ts'

/** What the database tells of the customers of a log as of days of the past. */
export interface PastFacts {
  /** The columns that a model trained on such a snapshot sees. */
  planOf(snapshot: Snapshot): RowPlan
  /** The columns beyond purchases, in the plan's order. */
  readonly columns: Enrich
  /**
   * Runs something that builds snapshots but does not look into their columns yet; all of them are then filled by one
   * pass over the facts, and so is the rules' risk on the given days.
   */
  together<T>(build: () => Promise<T>, rulesOn: (built: T) => readonly Snapshot[]): Promise<T>
  /** Risk of every member by the rules, NaN where they do not speak. */
  rulesRisk(snapshot: Snapshot): Promise<Float64Array>
}

/** The facts of the customers with these ids (by their numbers in the log). */
export async function pastFacts(ctx: Ctx, ids: readonly number[], control: TrainControl): Promise<PastFacts> {
  const settings = ctx.settings.scoring
  const scorer = chosenScorer(settings.preset)
  const first = await firstDays(ctx)
  const source: FactSource = { ids, firstDays: first.kinds }
  const spoken = new Map<Day, Float64Array>()
  let promised: WantedDay[] | null = null

  /** Kinds that were recorded for a whole horizon by then: before, their windows would be half empty for everybody. */
  function planOf({ asOf, horizon, log }: Snapshot): RowPlan {
    const isOld = (day: Day | null | undefined): boolean =>
      day !== null && day !== undefined && day <= asOf - horizon
    return {
      horizon,
      withAmounts: log.amounts !== null,
      kinds: LEARNED_KINDS.filter((kind) => isOld(first.kinds.get(kind))),
      nps: isOld(first.nps),
    }
  }

  async function columns(snapshot: Snapshot): Promise<readonly Column[]> {
    const plan = planOf(snapshot)
    if (!asksForFacts(plan)) return []
    const { asOf, members } = snapshot
    const empty = addColumns(factColumns(plan), members.length)
    const day: WantedDay = {
      asOf,
      members,
      take: (row, features, population) => empty.fill(row, factValues(features, population, plan, settings)),
    }
    if (promised) promised.push(day)
    else await readFacts(ctx, source, [day], { signal: control.signal })
    return empty.columns
  }

  function rulesDay({ asOf, members }: Snapshot): WantedDay {
    const risks = new Float64Array(members.length).fill(Number.NaN)
    spoken.set(asOf, risks)
    return {
      asOf,
      members,
      take: (row, features) => {
        risks[row] = scorer.score(features, settings).risk ?? Number.NaN
      },
    }
  }

  return {
    planOf,
    columns,
    async together(build, rulesOn) {
      const days: WantedDay[] = []
      promised = days
      const built = await build().finally(() => {
        promised = null
      })
      days.push(...rulesOn(built).map(rulesDay))
      if (days.length > 0) await readFacts(ctx, source, days, control)
      return built
    },
    async rulesRisk(snapshot) {
      const known = spoken.get(snapshot.asOf)
      if (known) return known
      const day = rulesDay(snapshot)
      await readFacts(ctx, source, [day], { signal: control.signal })
      return spoken.get(snapshot.asOf) ?? new Float64Array(0)
    },
  }
}
