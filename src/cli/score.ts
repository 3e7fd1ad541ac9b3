import { scoreCustomers } from '../scoring/score-customers.ts'
import type { ScoreReport } from '../scoring/score-report.ts'
import { knownDay } from './as-of.ts'
import { oldDataLines } from './old-data.ts'
import type { CliCtx, Register } from './run.ts'

const PROGRESS_EVERY = 50_000

/** `liuke score`: one scoring run; without `--as-of` over everything up to yesterday's end. */
export const registerScore: Register = (program, run) => {
  program
    .command('score')
    .description('score every customer')
    .option('--as-of <date>', 'facts up to and including this day; yesterday by default')
    .action(
      run(async (cli, options: { readonly asOf?: string }) => {
        const report = await scoreCustomers(cli, {
          asOf: knownDay(cli, options.asOf),
          signal: cli.signal,
          progress: reporter(cli),
        })
        return { json: report, lines: asLines(cli, report) }
      }),
    )
}

function reporter(cli: CliCtx): (done: number, total: number) => void {
  let next = PROGRESS_EVERY
  return (done, total) => {
    if (done < next) return
    next += PROGRESS_EVERY
    cli.log.info({ done, total }, 'scoring')
  }
}

function asLines({ text }: CliCtx, report: ScoreReport): string[] {
  const { cli, stages } = text.scoring
  const { bands, tiers } = text.common
  const list = (counts: Readonly<Record<string, number>>, name: (id: string) => string): string =>
    Object.entries(counts)
      .map(([id, n]) => `${name(id)} ${n}`)
      .join(' · ')
  const words = (catalogue: Readonly<Record<string, string>>) => (id: string) => catalogue[id] ?? id
  return [
    cli.scored(report.scored, report.customers, report.asOf),
    ...oldDataLines(report.asOf, report.latestEvent, text),
    `${cli.bands}: ${list(report.bands, words(bands))}`,
    `${cli.tiers}: ${list(report.tiers, words(tiers))}`,
    `${cli.stages}: ${list(report.stages, words(stages))}`,
    cli.insufficient(report.insufficient),
    cli.took(report.seconds, report.peakRssMb),
  ]
}
