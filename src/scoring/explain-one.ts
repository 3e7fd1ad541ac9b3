import type { Scope } from '../access.ts'
import type { Ctx } from '../context.ts'
import type { Customer } from '../model/customer.ts'
import type { Day } from '../model/day.ts'
import type { Evidence } from '../model/score.ts'
import type { WhatIf } from '../model/what-if.ts'
import { customerById } from '../store/customers.ts'
import { factsOfCustomer } from '../store/feature-rows.ts'
import { latestRun } from '../store/score-runs.ts'
import { previousScores } from '../store/score-writes.ts'
import { activeVersion } from '../store/scorer-versions.ts'
import type { Features } from './features.ts'
import { featuresOf } from './features-of.ts'
import { scorerOfRun, yardstickOf } from './live-scorer.ts'
import { nextOrder } from './next-order.ts'
import { readParams } from './run-params.ts'
import { type ScoredState, scoreOne, type Yardstick } from './score-one.ts'
import { lastState } from './score-rows.ts'
import { gapsFor } from './segment-gap.ts'
import { whatIf } from './what-if.ts'

/** One customer judged anew from its facts. */
export interface Explained {
  readonly customer: Customer
  readonly asOf: Day
  readonly features: Features
  readonly score: ScoredState
  /** Label of the scorer that speaks. */
  readonly scorer: string
  /** All reasons with all their facts, strongest first. */
  readonly evidence: readonly Evidence[]
  /** The three raw numbers behind RFM, and the 12-month revenue (分). */
  readonly raw: {
    readonly daysSinceOrder: number | null
    readonly orderDays: number
    readonly revenue12m: number
    readonly revenueTotal: number
  }
  /** Expected next order by the own cycle, past for a customer that is late or lost; null without a rhythm. */
  readonly nextOrderDue: Day | null
  /** The one fact that would change the band, found when it is asked for. */
  readonly whatIf: () => WhatIf | null
}

/**
 * Judges one customer again from the facts up to as-of, with the parameters frozen by the run of that day, so
 * that the answer is the stored score's. Without a run of that day the population is measured now. Null when
 * there is no such customer in the scope.
 */
export async function explainCustomer(
  ctx: Ctx,
  scope: Scope,
  customerId: number,
  asOf: Day,
): Promise<Explained | null> {
  const customer = await customerById(ctx, scope, customerId)
  const read = customer && (await factsOfCustomer(ctx, customerId, asOf))
  if (!customer || !read) return null
  const yardstick = await yardstickAsOf(ctx, asOf)
  const gaps = gapsFor(yardstick.settings, yardstick.population, read.customer.segment)
  const features = featuresOf(read.customer, read.facts, asOf, yardstick.population, gaps)
  const before = (await previousScores(ctx, customerId - 1, customerId)).get(customerId)
  const score = scoreOne(features, yardstick, lastState(before, asOf))
  return {
    customer,
    asOf,
    features,
    score,
    scorer: yardstick.scorer.label,
    evidence: score.evidence,
    raw: {
      daysSinceOrder: features.silence?.days ?? null,
      orderDays: features.orderDays,
      revenue12m: features.revenue12m,
      revenueTotal: features.revenueTotal,
    },
    nextOrderDue: nextOrder(features, yardstick.population)?.due ?? null,
    whatIf: () => whatIf({ ...read, features, yardstick, score }),
  }
}

/** That of the day's run as it was frozen; without a run of that day the version in use judges. */
async function yardstickAsOf(ctx: Ctx, asOf: Day): Promise<Yardstick> {
  const run = await latestRun(ctx, asOf)
  const stored = run && readParams(run.params)
  if (!stored) return await yardstickOf(ctx, asOf, await activeVersion(ctx))
  const scorer = await scorerOfRun(ctx, stored)
  return { population: stored.population, scorer, settings: stored.settings ?? ctx.settings.scoring }
}
