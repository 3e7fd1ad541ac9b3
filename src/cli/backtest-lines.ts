import { isoFromDay } from '../model/day.ts'
import type { CompanyBacktest } from '../scoring/backtest-company.ts'
import type { BacktestReport } from '../scoring/learn/backtest/backtest.ts'
import type { Text } from '../text/index.ts'
import type { About } from './backtest.ts'

/** Figures of the table with their digits. */
const COLUMNS = [
  ['auc', 4],
  ['prAuc', 4],
  ['liftTop10', 2],
  ['prAucRetained', 4],
  ['liftTop10Retained', 2],
  ['caughtTop10', 3],
  ['brier', 4],
  ['ece', 4],
] as const

/** The back-test for people. */
export function backtestLines(result: CompanyBacktest, about: About, text: Text): string[] {
  const { backtest } = text
  const { report, replay, lack, reps, pushesPerRepDay, sample } = result
  const lacking = lack === null ? [] : [backtest.lack[lack]]
  if (!report) return lacking
  const { test, trainAsOf } = report
  const day = trainAsOf === null ? null : isoFromDay(trainAsOf)
  const decided = [choice(report, text), ...verdicts(report, text)]
  const few = tooFew(report)
  return [
    ...lacking,
    ...(few ? decided : []),
    backtest.head(isoFromDay(test.asOf), test.horizonDays, test.customers, test.churned),
    ...(sample ? [backtest.sample(sample.customers, sample.of)] : []),
    ...(about.activeWithin === null ? [] : [backtest.active(about.activeWithin)]),
    ...(day === null ? [] : [backtest.trained(day)]),
    '',
    ...table(report, text),
    '',
    ...(report.insufficient.length === 0 ? [] : [backtest.unjudged(report.insufficient.join(', '))]),
    ...(few ? [] : decided),
    ...(report.level ? [backtest.level(report.level)] : []),
    ...(replay ? [backtest.replay(replay, pushesPerRepDay ?? 0, reps)] : []),
    backtest.rulesNote,
    backtest.took(about.seconds),
  ]
}

/** Nothing passed, and for want of customers: that is said before any figure. */
function tooFew({ verdicts: all }: BacktestReport): boolean {
  const few = all.some(({ reason }) => reason === 'too-few-churns' || reason === 'too-few-stays')
  return few && all.every(({ passed }) => !passed)
}

function choice({ test, verdicts, chosen, choiceHorizon }: BacktestReport, { backtest }: Text): string {
  if (verdicts.length === 0 || choiceHorizon === null) return backtest.unchallenged(chosen)
  return choiceHorizon < test.horizonDays
    ? backtest.chosenShorter(chosen, choiceHorizon)
    : backtest.chosen(chosen)
}

function table({ scorers }: BacktestReport, { backtest }: Text): string[] {
  const head = [backtest.columns.name, ...COLUMNS.map(([key]) => backtest.columns[key])]
  const rows = scorers.map((one) => [
    one.name,
    ...COLUMNS.map(([key, digits]) => one[key]?.toFixed(digits) ?? '-'),
  ])
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => width(row[i] ?? ''))))
  return [head, ...rows].map((row) =>
    row
      .map((cell, i) => {
        const room = ' '.repeat((widths[i] ?? 0) - width(cell))
        return i === 0 ? cell + room : room + cell
      })
      .join('  '),
  )
}

/** Columns on a terminal: Chinese characters take two. */
function width(text: string): number {
  return [...text].reduce((sum, char) => sum + (/\p{Script=Han}|[（）、，。]/u.test(char) ? 2 : 1), 0)
}

/** Why each model that is not used is not. */
function verdicts({ verdicts: all, chosen }: BacktestReport, { backtest }: Text): string[] {
  return all
    .filter(({ name, passed }) => !passed && name !== chosen)
    .map(({ name, reason, gain }) => backtest.verdict(name, backtest.reasons[reason], gain))
}
