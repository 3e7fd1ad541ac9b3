import { InvalidArgumentError } from 'commander'
import { calendarFor } from '../calendar.ts'
import { type Clock, movableClock } from '../clock.ts'
import { DEMO_DEFAULTS, DEMO_START, demoConnector, exportDemo, seedDemoChats } from '../sync/demo/index.ts'
import { runSync } from '../sync/run-sync.ts'
import { type CliCtx, type CliResult, EXIT, type Register } from './run.ts'

interface Options {
  readonly customers: number
  readonly seed: number
  readonly export?: string
}

/** `liuke demo`: the demo company up to its first morning, into the database or as the files `import` reads. */
export const registerDemo: Register = (program, run) => {
  program
    .command('demo')
    .description('load the demo company, or write it as CSV files')
    .option('--customers <n>', 'how many customers', wholeNumber, DEMO_DEFAULTS.customers)
    .option('--seed <n>', 'another number makes another company', wholeNumber, DEMO_DEFAULTS.seed)
    .option('--export <dir>', 'write members.csv, customers.csv, contacts.csv, events.csv, surveys.csv there')
    .action(
      run(async (cli, { export: folder, ...options }: Options) =>
        folder === undefined ? load(cli, options) : write(cli, options, folder),
      ),
    )
}

async function load(cli: CliCtx, options: Options): Promise<CliResult> {
  const connector = demoConnector({ ...options, today: () => DEMO_START })
  const ctx = { ...cli, clock: notBeforeTheStory(cli) }
  const reports = await runSync(ctx, connector, { signal: cli.signal })
  await seedDemoChats(ctx)
  const rejected = Object.values(reports).some((report) => report.rejected > 0)
  return {
    json: reports,
    lines: Object.entries(reports).map(([entity, { added, seconds }]) =>
      cli.text.stats.demo.loaded(entity, added, seconds),
    ),
    exitCode: rejected ? EXIT.rejects : EXIT.done,
  }
}

/** On a machine whose clock is behind the first morning the facts must not look like future ones. */
function notBeforeTheStory({ settings }: CliCtx): Clock {
  const clock = movableClock(0)
  clock.advanceTo(calendarFor(settings).instant(DEMO_START))
  return clock
}

async function write(cli: CliCtx, options: Options, folder: string): Promise<CliResult> {
  const files = await exportDemo({ ...options, today: () => DEMO_START }, folder)
  return { json: { files }, lines: files.map(({ file, rows }) => cli.text.stats.demo.written(file, rows)) }
}

function wholeNumber(text: string): number {
  const value = Number(text)
  if (/^\d{1,9}$/.test(text) && value > 0) return value
  throw new InvalidArgumentError('Expected a whole number above 0.')
}
