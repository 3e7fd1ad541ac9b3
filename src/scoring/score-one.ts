import type { Band, Tier } from '../model/churn.ts'
import { definitionFor, lostOn } from '../model/churn-status.ts'
import type { Day } from '../model/day.ts'
import type { NextOrder } from '../model/next-order.ts'
import type { Population } from '../model/population.ts'
import { type Rfm, rfmSegmentOf } from '../model/rfm.ts'
import type { Evidence } from '../model/score.ts'
import type { Settings } from '../settings.ts'
import { bandFor } from './band.ts'
import type { Features } from './features.ts'
import { nextOrder } from './next-order.ts'
import { rfmOf } from './rfm.ts'
import type { ReadyScorer } from './scorers/scorer.ts'
import { stageOf } from './stage.ts'
import { tierOf } from './tier.ts'

/** Everything a customer is judged with besides its own features. */
export interface Yardstick {
  readonly population: Population
  readonly scorer: ReadyScorer
  readonly settings: Settings['scoring']
}

/** The last state of the customer, for hysteresis and "since"; never one of a later day. */
export interface LastState {
  readonly asOf: Day
  readonly band: Band
  readonly bandSince: Day
  readonly stage: string
  readonly stageSince: Day
}

export interface ScoredState {
  readonly customerId: number
  readonly risk: number | null
  readonly points: number
  readonly band: Band
  readonly bandSince: Day
  readonly tier: Tier
  readonly stage: string
  readonly stageSince: Day
  readonly rfm: Rfm | null
  readonly rfmSegment: string
  readonly value12m: number
  /** Risk × 12-month revenue: what is at stake, for ordering. */
  readonly priority: number
  readonly churned: boolean
  readonly lostOn: Day | null
  /** Points of an average customer, on which the evidence builds; null without a risk. */
  readonly base: number | null
  readonly evidence: readonly Evidence[]
  /** When the next order is expected; null without a rhythm, and once the customer is lost. */
  readonly nextOrder: NextOrder | null
}

/** One customer's score. Pure: the same features, yardstick and last state give the same score. */
export function scoreOne(features: Features, yardstick: Yardstick, last: LastState | null): ScoredState {
  const { population, scorer, settings } = yardstick
  const { asOf } = features
  const outcome = scorer.score(features, settings)
  const risk = outcome.risk === null ? null : roundTo(outcome.risk, 1e6)
  const lost = lostOn(definitionFor(settings, features.segment), features.history)
  // Long lost is history and no warning: nobody is pushed about it again.
  const speaks = risk !== null && (lost === null || asOf - lost < settings.winBackDays)
  const band = speaks ? bandFor(risk, last?.band ?? null, settings.bands) : 'none'
  const stage = stageOf(settings.stagePreset, features, lost !== null, settings)
  const rfm = rfmOf(features, population)
  return {
    customerId: features.customerId,
    risk,
    points: outcome.risk === null ? 0 : outcome.points,
    band,
    bandSince: last?.band === band ? last.bandSince : asOf,
    tier: tierOf(features, population),
    stage,
    stageSince: last?.stage === stage ? last.stageSince : (lost ?? asOf),
    rfm,
    rfmSegment: rfmSegmentOf(rfm),
    value12m: features.revenue12m,
    priority: risk === null ? 0 : roundTo(risk * Math.max(0, features.revenue12m), 100),
    churned: lost !== null,
    lostOn: lost,
    // Of a learned scorer both cost more than the risk: most customers' are never looked at.
    get base() {
      return outcome.risk === null ? null : outcome.base
    },
    get evidence() {
      return outcome.evidence
    },
    nextOrder: lost === null ? nextOrder(features, population) : null,
  }
}

function roundTo(value: number, parts: number): number {
  return Math.round(value * parts) / parts
}
