import { InvalidArgumentError } from 'commander'
import { stopwatch } from '../clock.ts'
import { AppError } from '../errors.ts'
import { type Day, dayFromIso, isoFromDay } from '../model/day.ts'
import { backtestCompany, type CompanyBacktest } from '../scoring/backtest-company.ts'
import { backtestLines } from './backtest-lines.ts'
import type { CliCtx, Register } from './run.ts'

interface Options {
  readonly horizon?: number
  readonly testAsOf?: string
  readonly trainAsOf?: string
  readonly activeWithin?: number
}

/** `liuke backtest`: every scorer judged on the company's own past, honestly in time. */
export const registerBacktest: Register = (program, run) => {
  program
    .command('backtest')
    .description('judge every scorer on the orders of the past')
    .option('--horizon <days>', 'churned = no order within so many days (default: from the settings)', days)
    .option('--test-as-of <date>', 'the day on which is judged; by default the last order minus the horizon')
    .option(
      '--train-as-of <date>',
      'the latest day to learn from; by default one horizon before the test day',
    )
    .option('--active-within <days>', 'judge only customers with an order within so many days before', days)
    .action(
      run(async (cli, options: Options) => {
        const took = stopwatch()
        const horizon = options.horizon ?? cli.settings.scoring.horizonDays
        const result = await judge(cli, options, horizon)
        const about = { horizon, activeWithin: options.activeWithin ?? null, seconds: took() }
        return { json: asJson(result, about), lines: backtestLines(result, about, cli.text) }
      }),
    )
}

async function judge(cli: CliCtx, options: Options, horizon: number): Promise<CompanyBacktest> {
  const testAsOf = dayNamed('--test-as-of', options.testAsOf)
  const trainAsOf = dayNamed('--train-as-of', options.trainAsOf)
  const { activeWithin } = options
  try {
    return await backtestCompany(cli, {
      horizon,
      testAsOf,
      trainAsOf,
      activeWithin,
      signal: cli.signal,
      progress: reporter(cli),
    })
  } catch (error) {
    if (!cli.signal.aborted) throw error
    throw new AppError('busy', 'the back-test was stopped', { say: cli.text.backtest.stopped, cause: error })
  }
}

function dayNamed(option: string, text: string | undefined): Day | undefined {
  if (text === undefined) return undefined
  const day = dayFromIso(text)
  if (day !== null) return day
  throw new AppError('bad-input', `bad ${option}`, {
    say: `${option} ${text}: expected a date such as 2026-11-22`,
  })
}

function days(text: string): number {
  const value = Number(text)
  if (/^\d{1,4}$/.test(text) && value > 0) return value
  throw new InvalidArgumentError('Expected a whole number of days, 1 to 9999.')
}

/** A line on stderr for every tenth of the work. */
function reporter(cli: CliCtx): (done: number) => void {
  let told = 0
  return (done) => {
    const tenth = Math.floor(done * 10 + 1e-9)
    if (tenth <= told) return
    told = tenth
    cli.log.info({ percent: tenth * 10 }, 'back-test')
  }
}

/** What the run was asked for besides the days. */
export interface About {
  readonly horizon: number
  readonly activeWithin: number | null
  readonly seconds: number
}

function asJson(result: CompanyBacktest, { horizon, activeWithin, seconds }: About): unknown {
  const { report, replay, lack, reps, rules, pushesPerRepDay, sample } = result
  const test = report?.test
  const iso = (day: Day | null | undefined): string | null =>
    day === null || day === undefined ? null : isoFromDay(day)
  return {
    test: {
      asOf: iso(result.testAsOf),
      horizonDays: horizon,
      customers: test?.customers ?? 0,
      churned: test?.churned ?? 0,
    },
    trainAsOf: iso(report?.trainAsOf),
    activeWithinDays: activeWithin,
    scorers: report?.scorers ?? [],
    unjudged: report?.insufficient ?? [],
    chosen: report?.chosen ?? rules,
    verdicts: report?.verdicts ?? [],
    choiceHorizonDays: report?.choiceHorizon ?? null,
    level: report?.level ?? null,
    leadDaysMedian: replay?.leadDaysMedian ?? null,
    pushesPerRepDay,
    reps,
    replay,
    sample,
    insufficient: lack,
    seconds,
  }
}
