import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import type { Day } from '../model/day.ts'
import type { Population } from '../model/population.ts'
import { activeVersion, type ScorerVersion, versionById } from '../store/scorer-versions.ts'
import { purchaseFits } from './customer-outlook.ts'
import type { FittedPurchase } from './fitted-purchase.ts'
import { measurePopulation } from './measure-population.ts'
import { createPurchasePass } from './purchase-pass.ts'
import type { StoredParams } from './run-params.ts'
import type { Yardstick } from './score-one.ts'
import { chosenScorer, storedScorer } from './scorers/index.ts'
import { LEARNED, LearnedRun, learnedScorer } from './scorers/learned.ts'
import { LearnedParams } from './scorers/learned-params.ts'
import type { ReadyScorer } from './scorers/scorer.ts'

/** A version of the learned scorer whose parameters this program can read. */
export interface LiveVersion {
  readonly id: number
  readonly params: LearnedParams
}

type Stored = Pick<ScorerVersion, 'id' | 'params'>

/**
 * The version in use, or null where the rules are. A version that this program cannot read, or that speaks of another
 * horizon than the settings, is left aside with a warning: the rules speak, and no run fails.
 */
export async function liveVersion(ctx: Ctx): Promise<LiveVersion | null> {
  return usable(ctx, await activeVersion(ctx))
}

/**
 * Everything to judge customers by as of a day with a stored version of the scorer, or with the rules (null, or a
 * version that cannot be used): the population is measured and the purchase models are fitted as of that day.
 */
export async function yardstickOf(
  ctx: Ctx,
  asOf: Day,
  version: Stored | null,
  signal?: AbortSignal,
): Promise<Yardstick> {
  const { yardstick } = await measured(ctx, asOf, usable(ctx, version), signal)
  return yardstick
}

/** The same for a version that is known to be usable, with the instant of the latest event. */
export async function measured(
  ctx: Ctx,
  asOf: Day,
  version: LiveVersion | null,
  signal?: AbortSignal,
): Promise<{ yardstick: Yardstick; latestAt: number | null }> {
  const purchases = createPurchasePass(asOf)
  const { population, latestAt } = await measurePopulation(ctx, asOf, signal, purchases.add)
  // Fitted for the rules too: cards and `why` take their forecasts from the fit that the night left behind.
  const { models } = await purchaseFits(ctx, asOf, signal, purchases.data)
  const scorer = scorerFor(ctx, version, population, models)
  return { yardstick: { population, scorer, settings: ctx.settings.scoring }, latestAt }
}

/** What it freezes for its run is in its `params`. */
function scorerFor(
  ctx: Ctx,
  version: LiveVersion | null,
  population: Population,
  models: readonly FittedPurchase[],
): ReadyScorer {
  if (!version) return chosenScorer(ctx.settings.scoring.preset)
  const { id, params } = version
  const purchase = models.find(({ model }) => model === params.purchase) ?? null
  return learnedScorer(params, { version: id, kind: params.kind, purchase }, population)
}

/**
 * The scorer of a stored run as it was then, whichever version is in use now.
 * @throws AppError `config` when this program has no such scorer
 */
export async function scorerOfRun(
  ctx: Ctx,
  { population, scorer }: Pick<StoredParams, 'population' | 'scorer'>,
): Promise<ReadyScorer> {
  const found =
    scorer.name === LEARNED
      ? await learnedOfRun(ctx, scorer.params, population)
      : storedScorer(scorer.name, scorer.params)
  if (found) return found
  throw new AppError('config', 'the scorer of the stored run is not known', { data: scorer })
}

async function learnedOfRun(ctx: Ctx, frozen: unknown, population: Population): Promise<ReadyScorer | null> {
  const run = LearnedRun.safeParse(frozen)
  if (!run.success) return null
  const version = await versionById(ctx, run.data.version)
  const params = version && readParams(version)
  return params && learnedScorer(params, run.data, population)
}

function usable(ctx: Ctx, version: Stored | null): LiveVersion | null {
  if (!version) return null
  const { id } = version
  const params = readParams(version)
  const { horizonDays } = ctx.settings.scoring
  if (params?.plan.horizon === horizonDays) return { id, params }
  const horizon = params?.plan.horizon ?? null
  ctx.log.warn({ version: id, horizon, horizonDays }, 'the scorer in use cannot be used; the rules speak')
  return null
}

function readParams({ params }: Stored): LearnedParams | null {
  return LearnedParams.safeParse(parsed(params)).data ?? null
}

function parsed(json: string | null): unknown {
  try {
    return JSON.parse(json ?? 'null')
  } catch {
    return null
  }
}
