import type { Ctx } from '../context.ts'
import type { ScoredCustomer } from '../model/customer-facts.ts'
import type { Day } from '../model/day.ts'
import { factPage } from '../store/feature-rows.ts'
import { featuresOf } from './features-of.ts'
import type { BacktestScorer } from './learn/backtest/backtest-scorer.ts'
import { calibrate, clampProbability } from './learn/calibrate/calibrator.ts'
import { fitPlatt } from './learn/calibrate/platt.ts'
import { canTeach, FEWEST_LABELS } from './learn/learned/train-learned.ts'
import { logit } from './learn/logit.ts'
import { pick } from './learn/matrix.ts'
import { breathe, type TrainControl } from './learn/train.ts'
import { measurePopulation } from './measure-population.ts'
import { chosenScorer } from './scorers/index.ts'
import { gapsFor } from './segment-gap.ts'

const PAGE = 500
/** Nothing is known of a customer that the rules do not speak about. */
const UNKNOWN_RISK = 0.5

/**
 * The rules as they would have spoken on a day of the past, over the facts dated up to it: the same pass as a scoring
 * run. Their curve is a convention, so their points become probabilities by Platt's curve on the latest cut-off whose
 * answers are known, as for the other simple rules. Customers without enough data have no points: they get the share of
 * churn that such customers showed there.
 */
export function pastRules(ctx: Ctx, ids: readonly number[]): BacktestScorer {
  const known = new Map<Day, Float64Array>()
  async function shown(asOf: Day, members: Uint32Array, control: TrainControl): Promise<Float64Array> {
    const all = known.get(asOf) ?? (await riskAsOf(ctx, ids, asOf, control))
    known.set(asOf, all)
    return pick(all, members)
  }
  return {
    name: chosenScorer(ctx.settings.scoring.preset).name,
    async risk({ asOf, members, training: [latest] }, control) {
      const now = await shown(asOf, members, control)
      if (!latest || !canTeach(latest))
        return now.map((p) => clampProbability(Number.isNaN(p) ? UNKNOWN_RISK : p))
      const toProbability = await calibration(await shown(latest.asOf, latest.members, control), latest.y)
      return now.map(toProbability)
    },
  }
}

async function calibration(past: Float64Array, y: Float64Array): Promise<(risk: number) => number> {
  const rows = Uint32Array.from(past.keys())
  const spoken = rows.filter((row) => !Number.isNaN(past[row]))
  const silent = rows.filter((row) => Number.isNaN(past[row]))
  const [ySpoken, ySilent] = [pick(y, spoken), pick(y, silent)]
  const churned = sum(ySpoken)
  const platt =
    Math.min(churned, ySpoken.length - churned) >= FEWEST_LABELS
      ? await fitPlatt(pick(past, spoken).map(logit), ySpoken)
      : ({ kind: 'none' } as const)
  const silentRisk = clampProbability((sum(ySilent) + 2 * (sum(y) / y.length)) / (ySilent.length + 2))
  return (risk) => (Number.isNaN(risk) ? silentRisk : calibrate(platt, logit(risk)))
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0)
}

/** Risk of every customer of the list as of a day, NaN where the rules do not speak. */
async function riskAsOf(
  ctx: Ctx,
  ids: readonly number[],
  asOf: Day,
  control: TrainControl,
): Promise<Float64Array> {
  const settings = ctx.settings.scoring
  const scorer = chosenScorer(settings.preset)
  const { population } = await measurePopulation(ctx, asOf, control.signal)
  const risks = new Float64Array(ids.length).fill(Number.NaN)
  let at = 0
  for (let after = 0; ; ) {
    const page = await factPage(ctx, { asOf, after, limit: PAGE })
    if (page.last === null) return risks
    for (const { customer, facts } of page.customers) {
      while ((ids[at] ?? Number.POSITIVE_INFINITY) < customer.id) at++
      if (ids[at] !== customer.id) continue
      const gaps = gapsFor(settings, population, customer.segment)
      const features = featuresOf(asKnownThen(customer, asOf), facts, asOf, population, gaps)
      risks[at] = scorer.score(features, settings).risk ?? Number.NaN
    }
    after = page.last
    await breathe(control, at / ids.length)
  }
}

/** Today's renewal date tells who renewed since; a date of entry in the future was not known either. */
export function asKnownThen(customer: ScoredCustomer, asOf: Day): ScoredCustomer {
  const { since } = customer
  return { ...customer, renewalOn: null, since: since !== null && since <= asOf ? since : null }
}
