import type { Scope } from '../access.ts'
import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import { ARMS, type Experiment, HOLDOUT } from '../model/experiment.ts'
import { latestExperiment } from '../store/experiments.ts'
import { latestScoreRun } from '../store/service-figures.ts'
import { type WonCases, wonCases } from '../store/won-cases.ts'
import { type Measured, measureEffect } from './measure-effect.ts'
import { type PastOutcome, pastOutcomes } from './past-outcomes.ts'

/** What can be said about the effect of pushing. */
export interface Proof {
  /** The running holdout, or else the last one; null: there was none. */
  readonly trial: Trial | null
  /** What became of the alerts of the period: a description, no effect. */
  readonly past: readonly PastOutcome[]
  readonly won: WonCases
  /** Orders up to and including this day are counted. */
  readonly asOf: Day
}

export interface Trial extends Measured {
  readonly experiment: Experiment
  readonly startedOn: Day
  /** When there are enough at the pace until now; null: known already, ended, or no pace yet. */
  readonly enoughOn: Day | null
}

/** Days until a pace can be told. */
const MIN_PACE_DAYS = 7

/**
 * The proof for the customers the reader may see. The effect is that of the whole holdout, whatever the period: who
 * chooses the days after looking finds something. Alerts of [since, until] are described beside it. Nothing of it is
 * stored: outcomes follow from the orders known today, so an order that arrives late counts.
 */
export async function proofOf(
  ctx: Ctx,
  scope: Scope,
  { since, until, today }: { readonly since: Day; readonly until: Day; readonly today: Day },
): Promise<Proof> {
  const asOf = (await latestScoreRun(ctx))?.asOf ?? today - 1
  return {
    trial: await trialOf(ctx, scope, asOf),
    past: await pastOutcomes(ctx, scope, { since, until, asOf }),
    won: await wonCases(ctx, scope, { since, until, asOf }),
    asOf,
  }
}

async function trialOf(ctx: Ctx, scope: Scope, asOf: Day): Promise<Trial | null> {
  const experiment = await latestExperiment(ctx, HOLDOUT)
  if (!experiment) return null
  const startedOn = calendarFor(ctx.settings).dayOf(experiment.startedAt)
  const measured = await measureEffect(ctx, scope, experiment, asOf)
  const enoughOn = experiment.endedAt === null ? paceOf(measured, experiment, startedOn, asOf) : null
  return { ...measured, experiment, startedOn, enoughOn }
}

/** The day on which both arms have their number, if alerts go on as they came. */
function paceOf(
  { effect, waiting }: Measured,
  { windowDays, share }: Experiment,
  startedOn: Day,
  asOf: Day,
): Day | null {
  if (effect.state !== 'too-few') return null
  const days = asOf - startedOn + 1
  const assigned = effect.have.treated + effect.have.control + waiting
  if (days < MIN_PACE_DAYS || assigned === 0) return null
  const perDay = { treated: ((1 - share) * assigned) / days, control: (share * assigned) / days }
  const whole = Math.max(...ARMS.map((arm) => effect.need[arm] / perDay[arm]))
  return Math.max(asOf + 1, startedOn + Math.ceil(whole) + windowDays)
}
