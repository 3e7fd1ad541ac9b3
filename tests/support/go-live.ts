import type { GoLiveReport } from '../../src/model/go-live.ts'
import { addVersion, type ScorerVersion } from '../../src/store/scorer-versions.ts'
import type { TestCtx } from './test-ctx.ts'

/** A report as an evaluation writes it; by default a proposal that passed. */
export function sampleReport(given: Partial<GoLiveReport> = {}): GoLiveReport {
  const scorer = (name: string, auc: number) => ({
    name,
    auc,
    aucSe: 0.01,
    prAuc: 0.5,
    liftTop10: 2.5,
    brier: 0.12,
    ece: 0.02,
    precisionAt5: 0.6,
  })
  return {
    version: 1,
    asOf: 20_780,
    testAsOf: 20_690,
    horizonDays: 90,
    customers: 570,
    churned: 113,
    sample: null,
    chosen: 'blend',
    rules: 'rules',
    reason: 'passed',
    why: { churned: 90, stayed: 400, needed: 50, gain: 0.041, gainSe: 0.012, onlyDays: null },
    scorers: [scorer('rules', 0.8), scorer('blend', 0.85), scorer('recency', 0.78), scorer('silent-90', 0.7)],
    replay: { alerts: 80, lost: 60, caught: 42, leadDaysMedian: 34, pushesPerRepDay: 0.8, reps: 10 },
    look: {
      asOf: 20_690,
      version: null,
      customers: 500,
      churned: 60,
      missed: { count: 12, worst: [] },
      falseAlarms: { count: 30, worst: [] },
    },
    change: { customers: 560, raised: 20, lowered: 17 },
    ...given,
  }
}

/** A stored version that waits for a decision. */
export function proposed(ctx: TestCtx, given: Partial<GoLiveReport> = {}): Promise<ScorerVersion> {
  const report = sampleReport(given)
  return addVersion(ctx, {
    asOf: report.asOf,
    kind: report.chosen,
    state: 'proposed',
    params: '{}',
    report: JSON.stringify(report),
  })
}

/** A stored evaluation after which the rules stay. */
export function rulesStay(ctx: TestCtx, given: Partial<GoLiveReport> = {}): Promise<ScorerVersion> {
  const report = sampleReport({ chosen: 'rules', reason: 'no-gain', change: null, ...given })
  return addVersion(ctx, {
    asOf: report.asOf,
    kind: report.chosen,
    state: 'rules-stay',
    params: null,
    report: JSON.stringify(report),
  })
}
