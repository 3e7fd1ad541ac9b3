import { z } from 'zod'
import type { Population } from '../../model/population.ts'
import type { Evidence } from '../../model/score.ts'
import type { Settings } from '../../settings.ts'
import { evidenceOf, firedSignals, groupSums } from '../explain/evidence-of.ts'
import { GROUPS } from '../explain/groups.ts'
import { wholePoints } from '../explain/whole-points.ts'
import type { Features } from '../features.ts'
import { FittedPurchase } from '../fitted-purchase.ts'
import { sigmoid } from '../learn/logit.ts'
import { cancel } from '../signals/cancel.ts'
import { enoughData } from './enough-data.ts'
import { expectsOrder } from './expects-order.ts'
import { chosenScorer } from './index.ts'
import { type LearnedParams, LIVE_KINDS } from './learned-params.ts'
import { learnedReader, type Reading } from './learned-reading.ts'
import type { ReadyScorer } from './scorer.ts'

export const LEARNED = 'learned'

/** What a run with a learned scorer freezes: with the version's parameters and the population it gives every score again. */
export const LearnedRun = z.object({
  /** Id in `scorer_versions`. */
  version: z.number().int(),
  kind: z.enum(LIVE_KINDS),
  /** As of the run's day; null where there was too little to fit. */
  purchase: FittedPurchase.nullable(),
})
export type LearnedRun = z.infer<typeof LearnedRun>

/** The rules' scale: risk = 1 / (1 + e^((50 − points) / 18)). */
const CENTRE = 50
const SCALE = 18

/**
 * A learned model as the scorer of a run. It answers "no order within the horizon?", so the rules keep speaking where
 * that is no question of leaving: of customers without any order, and of those whose own rhythm expects none within the
 * horizon. It has never seen a notice of leaving, so that adds the rules' points.
 */
export function learnedScorer(params: LearnedParams, run: LearnedRun, population: Population): ReadyScorer {
  const read = learnedReader(params, population, run.purchase)
  return {
    name: LEARNED,
    label: `${LEARNED}:${run.kind} v${run.version}`,
    version: 1,
    params: run,
    score(one, settings) {
      if (!enoughData(one) || !expectsOrder(one, params.plan.horizon, settings))
        return chosenScorer(settings.preset).score(one, settings)
      const reading = read(one, settings)
      const notice = (cancel.evaluate(one, settings)?.points ?? 0) / SCALE
      const logit = reading.logit + notice
      // + 0: rounding may give −0.
      const points = Math.round(CENTRE + SCALE * logit) + 0
      const explain = once(() => explained(reading, notice, points, one, params, settings))
      return {
        risk: sigmoid(logit),
        points,
        get base() {
          return explain().base
        },
        get evidence() {
          return explain().evidence
        },
      }
    },
  }
}

function explained(
  reading: Reading,
  notice: number,
  total: number,
  one: Features,
  { plan }: LearnedParams,
  settings: Settings['scoring'],
): { base: number; evidence: readonly Evidence[] } {
  const { base, contributions } = reading.reasons()
  const fired = firedSignals(one, settings)
  const sums = groupSums(contributions, fired, one)
  if (notice > 0) sums.set('cancel', notice)
  const groups = GROUPS.filter((group) => sums.has(group))
  const whole = wholePoints(
    total,
    CENTRE + SCALE * base,
    groups.map((group) => SCALE * (sums.get(group) ?? 0)),
  )
  const points = groups.map((group, i) => ({ group, points: whole.parts[i] ?? 0 }))
  const pNoOrder = sigmoid(reading.noOrder)
  return {
    base: whole.base,
    evidence: evidenceOf(points, fired, one, { settings, horizon: plan.horizon, pNoOrder }),
  }
}

/** The reasons cost more than the risk and are asked for only in a band. */
function once<T>(work: () => T): () => T {
  let done: { readonly value: T } | null = null
  return () => {
    done ??= { value: work() }
    return done.value
  }
}
