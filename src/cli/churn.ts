import { UNSCOPED } from '../access.ts'
import { calendarFor } from '../calendar.ts'
import { AppError } from '../errors.ts'
import { type Period, parsePeriod, periodOf } from '../stats/period.ts'
import { type ChurnFigures, churnFigures } from '../stats/team-stats.ts'
import { teams } from '../store/chats.ts'
import type { CliCtx, Register } from './run.ts'

interface Options {
  readonly period?: string
  readonly team?: string
  readonly definition?: string
}

/** `liuke churn`: lost customers of a period over its opening cohort. */
export const registerChurn: Register = (program, run) => {
  program
    .command('churn')
    .description('churn figures of a period')
    .option('--period <period>', '2026-10, 2026Q3, 2026, 本月, last quarter … (default: this month)')
    .option('--team <team>', 'only the customers of one team')
    .option('--definition <name>', 'judge everybody by this definition instead of the one of the segment')
    .action(
      run(async (cli, options: Options) => {
        const teamId = await teamNamed(cli, options.team)
        const figures = await churnFigures(cli, {
          scope: UNSCOPED,
          period: periodNamed(cli, options.period),
          ...(teamId !== undefined && { teamId }),
          ...(options.definition !== undefined && { definition: options.definition }),
        })
        return { json: asJson(figures), lines: asLines(cli, figures) }
      }),
    )
}

function periodNamed({ settings, clock, text }: CliCtx, words: string | undefined): Period {
  const today = calendarFor(settings).dayOf(clock.now())
  if (words === undefined) return periodOf(today, 1)
  const period = parsePeriod(words, today)
  if (period) return period
  throw new AppError('bad-input', 'unreadable period', { say: text.stats.unknownPeriod(words) })
}

async function teamNamed(cli: CliCtx, name: string | undefined): Promise<number | undefined> {
  if (name === undefined) return undefined
  const known = await teams(cli)
  const team = known.find((one) => one.name === name)
  if (team) return team.id
  const names = known.map((one) => one.name).join(', ')
  throw new AppError('bad-input', 'unknown team', { say: cli.text.stats.unknownTeam(name, names) })
}

function asJson({
  definition,
  period,
  opening,
  lost,
  rate,
  interval,
  returned,
  new: fresh,
}: ChurnFigures): unknown {
  return { definition, period, opening, lost, rate, interval, returned, new: fresh }
}

function asLines({ text: { stats, common } }: CliCtx, figures: ChurnFigures): string[] {
  const { rate, interval, opening, lost } = figures
  const share = stats.share(lost, opening)
  const shown = rate === null ? stats.noBase : `${common.percent(rate)}（${share}）`
  const sure = figures.enough || rate === null ? '' : ` ${stats.smallSample}`
  const day = common.day(figures.to)
  return [
    `${figures.period} ${stats.rate} ${shown}${sure}`,
    ...(interval ? [stats.interval(common.percent(interval[0]), common.percent(interval[1]))] : []),
    `${stats.returned} ${figures.returned} · ${stats.new} ${figures.new}（${stats.notNetted}）`,
    stats.definitions(figures.definitions, figures.version),
    figures.unfinished ? stats.unfinished(day) : stats.asOf(day),
  ]
}
