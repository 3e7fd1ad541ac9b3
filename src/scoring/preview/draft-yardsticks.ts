import type { Ctx } from '../../context.ts'
import type { Day } from '../../model/day.ts'
import type { Population } from '../../model/population.ts'
import type { Settings } from '../../settings.ts'
import { latestRun } from '../../store/score-runs.ts'
import { scorerOfRun } from '../live-scorer.ts'
import { measurePopulation } from '../measure-population.ts'
import { readParams, type StoredParams } from '../run-params.ts'
import type { Yardstick } from '../score-one.ts'
import { chosenScorer } from '../scorers/index.ts'
import { LEARNED } from '../scorers/learned.ts'

/** The same customers by the settings in force and by the draft. */
export interface BothYardsticks {
  readonly now: Yardstick
  readonly draft: Yardstick
}

/** Makes both yardsticks of a day, with the scorer of the last run: nothing is fitted and nothing is written. */
export type YardsticksOn = (asOf: Day, signal?: AbortSignal) => Promise<BothYardsticks>

export async function draftYardsticks(ctx: Ctx, draft: Settings): Promise<YardsticksOn> {
  const run = await latestRun(ctx)
  const stored = run && readParams(run.params)
  const drafted: Ctx = { ...ctx, settings: draft }
  const sameTiers = String(draft.scoring.valueTiers) === String(ctx.settings.scoring.valueTiers)
  // A learned scorer speaks of one horizon: with another one the rules speak, as they do in a run.
  const sameHorizon = draft.scoring.horizonDays === ctx.settings.scoring.horizonDays
  return async (asOf, signal) => {
    const { population } = await measurePopulation(ctx, asOf, signal)
    const now = await yardstick(ctx, stored, population)
    const other = sameTiers ? population : (await measurePopulation(drafted, asOf, signal)).population
    return { now, draft: await yardstick(drafted, sameHorizon ? stored : null, other) }
  }
}

async function yardstick(ctx: Ctx, stored: StoredParams | null, population: Population): Promise<Yardstick> {
  const settings = ctx.settings.scoring
  const learned = stored?.scorer.name === LEARNED ? await scorerOfRun(ctx, { ...stored, population }) : null
  return { population, scorer: learned ?? chosenScorer(settings.preset), settings }
}
