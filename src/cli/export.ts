import { Argument, InvalidArgumentError, Option } from 'commander'
import { csvLine } from '../csv.ts'
import { AppError } from '../errors.ts'
import type { ExportRow } from '../store/export-rows.ts'
import { type ExportName, type ExportTable, exportTables } from './export-tables.ts'
import { writeOut } from './output.ts'
import type { CliCtx, Register } from './run.ts'

interface Options {
  readonly format?: 'csv' | 'json'
  readonly run?: number
}

const FLUSH_CHARACTERS = 65_536

/** `liuke export TABLE`: streams a table to stdout, whatever its size. */
export const registerExport: Register = (program, run) => {
  program
    .command('export')
    .description('stream a table out: scores, events, follow-ups, cases or rejects')
    .addArgument(new Argument('<table>', 'what to export').choices(Object.keys(exportTables)))
    .addOption(new Option('--format <format>', 'csv (default) or json').choices(['csv', 'json']))
    .addOption(new Option('--run <id>', 'rejects of one import run only').argParser(runId))
    .action(
      run(async (cli, name: ExportName, options: Options) => {
        const format = options.format ?? (cli.json ? 'json' : 'csv')
        const table: ExportTable = exportTables[name]
        const rows = table.rows(cli, { run: options.run ?? null })
        await writeAll(cli, format === 'csv' ? asCsv(table.columns, rows) : asJson(rows))
        return undefined
      }),
    )
}

function runId(text: string): number {
  const id = Number(text)
  if (Number.isSafeInteger(id) && id > 0) return id
  throw new InvalidArgumentError('expected the number of an import run')
}

async function* asCsv(columns: readonly string[], rows: AsyncIterable<ExportRow>): AsyncGenerator<string> {
  yield `${csvLine(columns)}\n`
  for await (const row of rows) yield `${csvLine(columns.map((name) => row[name]))}\n`
}

async function* asJson(rows: AsyncIterable<ExportRow>): AsyncGenerator<string> {
  let before = '[\n'
  for await (const row of rows) {
    yield `${before}${JSON.stringify(row)}`
    before = ',\n'
  }
  yield before === '[\n' ? '[]\n' : '\n]\n'
}

/** Writes in larger pieces and waits when the reader is slower. A reader that closes early ends the export. */
async function writeAll({ signal }: CliCtx, pieces: AsyncIterable<string>): Promise<void> {
  let buffer = ''
  for await (const piece of pieces) {
    buffer += piece
    if (buffer.length < FLUSH_CHARACTERS) continue
    if (!(await writeOut(buffer))) return
    buffer = ''
    if (signal.aborted)
      throw new AppError('conflict', 'stopped', { say: 'Stopped: the output is not complete.' })
  }
  await writeOut(buffer)
}
