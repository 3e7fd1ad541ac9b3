import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generateLog } from './generate-log.ts'
import { type Measured, measure, median } from './measure.ts'

/**
 * Loading and scoring a log of CDNOW's shape, as whole processes side by side: the `sqlite3` shell's `.import`,
 * `liuke import` and `liuke score`, several rounds, medians.
 *
 * The shell loads the same file into a table of the file's columns with as many indexes of the same kind as our
 * `events` table has: one over (customer, date), and one over all columns, which stands for our unique key (it is
 * derived from all columns; the file has no key of its own and identical rows, so the shell's index cannot be
 * unique). Beyond that `liuke import` reads and checks every cell, derives the keys, makes 470,000 customers,
 * keeps its foreign keys, and its rows carry kind, source and both instant and day.
 */
const CUSTOMERS = 470_000
const ROUNDS = 3
const SCORED_AS_OF = '1998-06-30'
const LIUKE = fileURLToPath(new URL('../../src/liuke.js', import.meta.url))

export interface ImportScore {
  readonly rows: number
  readonly shellSeconds: number
  readonly importSeconds: number
  readonly scoreSeconds: number
  readonly importToShell: number
  readonly scoreToImport: number
  readonly importPeakRssMb: number | null
  readonly scorePeakRssMb: number | null
  /** A second import of the same file: adds and changes nothing. */
  readonly againSeconds: number
}

/** `sqlite3` must be on the path. */
export async function importScoreBench(customers = CUSTOMERS): Promise<ImportScore> {
  const folder = mkdtempSync(join(tmpdir(), 'liuke-bench-'))
  const file = join(folder, 'log.csv')
  const database = join(folder, 'liuke.db')
  const rows = await generateLog(file, customers)
  const [shell, load, score]: [Measured[], Measured[], Measured[]] = [[], [], []]
  for (let round = 0; round < ROUNDS; round++) {
    shell.push(await shellImport(file, join(folder, `shell-${round}.db`)))
    for (const end of ['', '-wal', '-shm']) rmSync(database + end, { force: true })
    load.push(await liukeImport(file, database))
    score.push(await liuke(['--db', database, '--json', 'score', '--as-of', SCORED_AS_OF]))
  }
  const again = await liukeImport(file, database)
  rmSync(folder, { recursive: true })
  const [shellSeconds, importSeconds, scoreSeconds] = [secondsOf(shell), secondsOf(load), secondsOf(score)]
  return {
    rows,
    shellSeconds,
    importSeconds,
    scoreSeconds,
    importToShell: importSeconds / shellSeconds,
    scoreToImport: scoreSeconds / importSeconds,
    importPeakRssMb: peak(load),
    scorePeakRssMb: peak(score),
    againSeconds: again.seconds,
  }
}

function shellImport(file: string, database: string): Promise<Measured> {
  const script = [
    'create table events (customer_id text, date text, cds integer, amount real);',
    'create index events_customer on events (customer_id, date);',
    'create index events_key on events (customer_id, date, cds, amount);',
    '.mode csv',
    `.import --skip 1 ${file} events`,
  ]
  return measure('sqlite3', [database], `${script.join('\n')}\n`)
}

function liukeImport(file: string, database: string): Promise<Measured> {
  const columns = ['customer=customer_id', 'at=date', 'quantity=cds', 'amount=amount']
  const map = columns.flatMap((pair) => ['--map', pair])
  return liuke(['--db', database, '--json', 'import', file, '--as', 'events', ...map, '--set', 'kind=order'])
}

function liuke(args: readonly string[]): Promise<Measured> {
  return measure(process.execPath, [LIUKE, ...args])
}

function secondsOf(runs: readonly Measured[]): number {
  return median(runs.map((run) => run.seconds))
}

function peak(runs: readonly Measured[]): number | null {
  const known = runs.flatMap((run) => run.peakRssMb ?? [])
  return known.length === 0 ? null : Math.max(...known)
}
