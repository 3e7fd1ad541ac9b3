import type { Day } from '../../model/day.ts'
import type { BandChange, GoLiveReason, GoLiveReport, Look } from '../../model/go-live.ts'
import type { CompanyBacktest } from '../backtest-company.ts'
import type { BacktestReport } from '../learn/backtest/backtest.ts'
import { DEFAULT_GATE } from '../learn/backtest/gate.ts'

type Verdict = BacktestReport['verdicts'][number]

/** Of several reasons the one of the model that came closest is told. */
const CLOSEST: readonly Verdict['reason'][] = [
  'worse-probabilities',
  'not-certain',
  'no-gain',
  'too-few-stays',
  'too-few-churns',
]

export interface ReportInput {
  readonly asOf: Day
  readonly horizon: number
  readonly backtest: CompanyBacktest
  /** What was chosen, and whether there is a model of it that can go live. */
  readonly chosen: string
  readonly hasModel: boolean
  readonly look: Look | null
  readonly change: BandChange | null
}

/** The back-test as an administrator reads it. Pure. */
export function makeReport(input: ReportInput): GoLiveReport {
  const { asOf, horizon, backtest, look, change } = input
  const { report, replay, reps, rules } = backtest
  const { reason, verdict } = reasonOf(input)
  const onlyDays = report?.choiceHorizon ?? null
  return {
    version: 1,
    asOf,
    testAsOf: report?.test.asOf ?? null,
    horizonDays: horizon,
    customers: report?.test.customers ?? 0,
    churned: report?.test.churned ?? 0,
    sample: backtest.sample,
    chosen: reason === 'passed' ? input.chosen : rules,
    rules,
    reason,
    why: {
      churned: verdict?.churned ?? null,
      stayed: verdict?.stayed ?? null,
      needed: DEFAULT_GATE.fewest,
      gain: verdict?.gain ?? null,
      gainSe: verdict?.gainSe ?? null,
      onlyDays: onlyDays !== null && onlyDays < horizon ? onlyDays : null,
    },
    scorers: (report?.scorers ?? []).map(
      ({ name, auc, aucSe, prAuc, liftTop10, brier, ece, precisionAt5 }) => {
        return { name, auc, aucSe, prAuc, liftTop10, brier, ece, precisionAt5 }
      },
    ),
    replay: replay && {
      alerts: replay.alerts,
      lost: replay.lost,
      caught: replay.caught,
      leadDaysMedian: replay.leadDaysMedian,
      pushesPerRepDay: backtest.pushesPerRepDay ?? 0,
      reps,
    },
    look,
    change,
  }
}

function reasonOf({ backtest, chosen, hasModel }: ReportInput): {
  reason: GoLiveReason
  verdict: Verdict | null
} {
  const { report, lack, rules } = backtest
  const verdicts = report?.verdicts ?? []
  const passed = verdicts.find(({ name }) => name === chosen) ?? null
  if (chosen !== rules) return { reason: hasModel ? 'passed' : 'no-model', verdict: passed }
  if (lack !== null) return { reason: lack, verdict: null }
  for (const reason of CLOSEST) {
    const verdict = verdicts.find((one) => one.reason === reason)
    if (verdict) return { reason, verdict }
  }
  // Without a verdict there was no earlier fold to choose on.
  return { reason: 'short-history', verdict: null }
}
