import type { Ctx } from '../context.ts'
import type { BacktestScorer } from './learn/backtest/backtest-scorer.ts'
import { calibrate, clampProbability } from './learn/calibrate/calibrator.ts'
import { fitPlatt } from './learn/calibrate/platt.ts'
import { canTeach, FEWEST_LABELS } from './learn/learned/train-learned.ts'
import { logit } from './learn/logit.ts'
import { pick } from './learn/matrix.ts'
import type { PastFacts } from './past-facts.ts'
import { chosenScorer } from './scorers/index.ts'

/** Nothing is known of a customer that the rules do not speak about. */
const UNKNOWN_RISK = 0.5

/**
 * The rules as they would have spoken on a day of the past, over the facts dated up to it: the same pass as a scoring
 * run. Their curve is a convention, so their points become probabilities by Platt's curve on the latest cut-off whose
 * answers are known, as for the other simple rules. Customers without enough data have no points: they get the share of
 * churn that such customers showed there.
 */
export function pastRules(ctx: Ctx, facts: PastFacts): BacktestScorer {
  return {
    name: rulesName(ctx),
    async risk(stage) {
      const [latest] = stage.training
      const now = await facts.rulesRisk(stage)
      if (!latest || !canTeach([latest]))
        return now.map((p) => clampProbability(Number.isNaN(p) ? UNKNOWN_RISK : p))
      const toProbability = await calibration(await facts.rulesRisk(latest), latest.y)
      return now.map(toProbability)
    },
  }
}

/** Name of the scorer that the settings ask for. */
export function rulesName({ settings }: Ctx): string {
  return chosenScorer(settings.scoring.preset).name
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
