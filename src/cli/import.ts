import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Presets, SingleBar } from 'cli-progress'
import { InvalidArgumentError, Option } from 'commander'
import { csvLine } from '../csv.ts'
import { AppError } from '../errors.ts'
import { rejectsOf } from '../store/import-runs.ts'
import { ENTITIES, type Entity } from '../sync/connector.ts'
import { type ImportProgress, importFile } from '../sync/import-file.ts'
import type { ImportReport } from '../sync/report.ts'
import type { UnknownCustomers } from '../sync/resolve.ts'
import type { Text } from '../text/index.ts'
import { type CliCtx, EXIT, type Register } from './run.ts'

interface Options {
  readonly as: Entity | 'leads'
  readonly map: Record<string, string>
  readonly set: Record<string, string>
  readonly source?: string
  readonly dateFormat?: string
  readonly sheet?: string
  readonly unknownCustomers: UnknownCustomers
  readonly rejectsTo?: string
}

/** `liuke import FILE --as events …`: loads CSV, TSV (plain or gzip) or an Excel workbook. */
export const registerImport: Register = (program, run) => {
  program
    .command('import')
    .argument('<file>', 'CSV or TSV (plain or gzip), or an Excel workbook (.xlsx)')
    .description('load customers, events, members, contacts or surveys from a file')
    .addOption(
      new Option('--as <entity>', 'what the rows are').choices([...ENTITIES, 'leads']).makeOptionMandatory(),
    )
    .option('--map <field=column>', 'the column that feeds a field', collect, {})
    .option('--set <field=value>', 'a constant for a field', collect, {})
    .option('--source <name>', 'the system the rows come from (default: import)')
    .option('--date-format <tokens>', 'how dates are written, e.g. dd/MM/yyyy')
    .option('--sheet <name>', 'the sheet of a workbook (default: the first)')
    .option('--rejects-to <file>', 'write all rejected rows to this CSV file')
    .addOption(
      new Option('--unknown-customers <what>', 'facts of customers nobody knows')
        .choices(['create', 'reject'])
        .default('create'),
    )
    .action(
      run(async (cli, file: string, options: Options) => {
        const report = await importWithProgress(cli, file, options)
        const lines = summary(report, cli.text)
        return { json: report, lines, exitCode: report.rejected > 0 ? EXIT.rejects : EXIT.done }
      }),
    )
}

async function importWithProgress(cli: CliCtx, file: string, options: Options): Promise<ImportReport> {
  const progress = showProgress(cli)
  let runId = 0
  const { as, source, rejectsTo, ...rest } = options
  try {
    return await importFile(cli, {
      ...rest,
      file,
      as: as === 'leads' ? 'members' : as,
      set: as === 'leads' ? { role: 'lead', ...options.set } : options.set,
      ...(source === undefined ? {} : { source }),
      signal: cli.signal,
      progress: progress.update,
      started: (id) => {
        runId = id
      },
    })
  } finally {
    progress.stop()
    if (rejectsTo !== undefined && runId > 0) await writeRejects(cli, runId, rejectsTo)
  }
}

/** `field=value`, repeatable. */
function collect(given: string, before: Record<string, string>): Record<string, string> {
  const at = given.indexOf('=')
  if (at > 0) return { ...before, [given.slice(0, at).trim()]: given.slice(at + 1) }
  throw new InvalidArgumentError('It must be of the form field=value.')
}

const LOG_EVERY_MS = 5000

/** A bar on a terminal, a log line every few seconds otherwise. */
function showProgress(cli: CliCtx): { update(progress: ImportProgress): void; stop(): void } {
  if (process.stderr.isTTY) {
    const bar = new SingleBar({ stream: process.stderr, clearOnComplete: true }, Presets.shades_classic)
    bar.start(1000, 0)
    return { update: ({ share }) => bar.update(Math.round(share * 1000)), stop: () => bar.stop() }
  }
  let last = cli.clock.now()
  return {
    update: ({ read, share }) => {
      if (cli.clock.now() - last < LOG_EVERY_MS) return
      last = cli.clock.now()
      cli.log.info({ read, percent: Math.round(share * 100) }, 'importing')
    },
    stop: () => {},
  }
}

async function writeRejects(cli: CliCtx, runId: number, file: string): Promise<void> {
  try {
    await pipeline(Readable.from(rejectLines(cli, runId)), createWriteStream(file))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    const say = `The rejected rows cannot be written to ${file}: ${reason}. liuke export rejects --run ${runId} prints them.`
    throw new AppError('bad-input', 'the rejects cannot be written', { say, cause })
  }
}

async function* rejectLines(cli: CliCtx, runId: number): AsyncGenerator<string> {
  yield 'line,field,value,expected,row\n'
  for await (const rejects of rejectsOf(cli, runId)) {
    for (const { line, field, value, expected, row } of rejects) {
      yield `${csvLine([line, field, value, expected, row])}\n`
    }
  }
}

const SHOWN = 10

function summary(report: ImportReport, text: Text): string[] {
  const words = text.sync
  return [
    words.counts(report),
    ...report.rejects.slice(0, SHOWN).map(words.reject),
    ...(report.rejected > SHOWN ? [words.moreRejects(report.rejected - SHOWN)] : []),
  ]
}
