import { calendarFor } from '../calendar.ts'
import { BANDS, type Band, TIERS, type Tier } from '../model/churn.ts'
import { isoFromDay } from '../model/day.ts'
import { STAGES } from '../model/stage.ts'
import type { Settings } from '../settings.ts'
import type { ScoreRun } from '../store/score-runs.ts'
import type { ScoreCount } from '../store/score-writes.ts'

/** The JSON of `liuke score`. */
export interface ScoreReport {
  readonly run: number
  readonly asOf: string
  /** The day of the latest event up to as-of; null without any. */
  readonly latestEvent: string | null
  readonly customers: number
  readonly scored: number
  readonly insufficient: number
  readonly bands: Readonly<Record<Band, number>>
  readonly tiers: Readonly<Record<Tier, number>>
  readonly stages: Readonly<Record<string, number>>
  readonly scorer: string
  readonly seconds: number
  readonly peakRssMb: number
}

export function scoreReport(
  run: ScoreRun,
  counts: readonly ScoreCount[],
  settings: Settings,
  seconds: number,
): ScoreReport {
  const sum = (keep: (one: ScoreCount) => boolean): number =>
    counts.reduce((total, one) => total + (keep(one) ? one.n : 0), 0)
  const customers = sum(() => true)
  const insufficient = sum((one) => one.insufficient)
  const bands = { none: 0, watch: 0, medium: 0, high: 0, urgent: 0 }
  for (const band of BANDS) bands[band] = sum((one) => one.band === band)
  const tiers = { A: 0, B: 0, C: 0, unknown: 0 }
  for (const tier of TIERS) tiers[tier] = sum((one) => one.tier === tier)
  const stages = STAGES[settings.scoring.stagePreset].map((stage) => [
    stage,
    sum((one) => one.stage === stage),
  ])
  return {
    run: run.id,
    asOf: isoFromDay(run.asOf),
    latestEvent:
      run.latestEventAt === null ? null : isoFromDay(calendarFor(settings).dayOf(run.latestEventAt)),
    customers,
    scored: customers - insufficient,
    insufficient,
    bands,
    tiers,
    stages: Object.fromEntries(stages),
    scorer: run.scorer,
    seconds,
    // maxRSS is in kilobytes and the peak of the whole process.
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  }
}
