import { statSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { openDatabase } from '../../src/db/open.ts'
import { generateLog } from '../bench/generate-log.ts'
import { measure } from '../bench/measure.ts'
import { LIUKE, runCli, startCli } from '../support/spawn-cli.ts'
import { tempFolder } from '../support/temp-files.ts'

/** `liuke import` as a process: interruption, memory and what it says. */
const files = tempFolder()
const COLUMNS = ['customer=customer_id', 'at=date', 'quantity=cds', 'amount=amount']
const LOG = ['--as', 'events', ...COLUMNS.flatMap((one) => ['--map', one]), '--set', 'kind=order']

const importing = (db: string, csv: string) => ['--db', db, '--json', 'import', csv, ...LOG]

async function stored(file: string): Promise<number> {
  const { db, close } = openDatabase(file)
  const row = await db
    .selectFrom('events')
    .select((eb) => eb.fn.countAll().as('n'))
    .executeTakeFirstOrThrow()
  await close()
  return Number(row.n)
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

describe('Ctrl-C', () => {
  it('stops after a whole batch with a sentence; the next run loads the rest', async () => {
    const csv = files.path('long.csv')
    const rows = await generateLog(csv, 140_000)
    const database = files.path('stopped.db')
    const { child, ended } = startCli(importing(database, csv))
    // The log of the database grows with the first batches.
    while (child.exitCode === null && sizeOf(`${database}-wal`) < 2_000_000) await systemClock.sleep(10)
    child.kill('SIGINT')
    const { code, stdout, stderr } = await ended
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    const said = Number(/Stopped after (\d+) rows; they stay/.exec(stderr)?.[1])
    expect(said).toBeGreaterThan(0)
    expect(said).toBeLessThan(rows)
    expect(await stored(database)).toBe(said)

    const again = await runCli(importing(database, csv))
    expect(JSON.parse(again.stdout)).toMatchObject({ read: rows, added: rows - said, unchanged: said })
  })
})

describe('memory', () => {
  it('stays flat: a file four times as long needs about the same', async () => {
    const peak = async (name: string, customers: number): Promise<number | null> => {
      const csv = files.path(`${name}.csv`)
      await generateLog(csv, customers)
      const args = [LIUKE, ...importing(files.path(`${name}.db`), csv)]
      return (await measure(process.execPath, args)).peakRssMb
    }
    const [small, large] = [await peak('small', 80_000), await peak('large', 320_000)]
    // Only where /proc tells. Heaps grow lazily; anything kept per row would show as a factor of four.
    if (small === null || large === null) return
    expect(large).toBeLessThan(small * 1.45)
    expect(large).toBeLessThan(500)
  })
})

describe('what it says', () => {
  const db = ['--db', files.path('words.db')]
  const csv = files.path('words.csv')

  beforeAll(() => {
    writeFileSync(csv, 'customer,at,kind,amount\nc1,2026-01-05,order,5\nc2,soon,order,5\n')
  })

  it('writes all rejects to a file', async () => {
    const rejects = files.path('rejects.csv')
    const { code } = await runCli([...db, 'import', csv, '--as', 'events', '--rejects-to', rejects])
    expect(code).toBe(3)
    const { stdout } = await runCli([...db, 'export', 'rejects'])
    expect(stdout).toContain('3,at,soon')
  })

  it('a reader that has enough is no fault', async () => {
    const { child, ended } = startCli([...db, 'export', 'rejects'])
    child.stdout?.destroy()
    expect(await ended).toMatchObject({ code: 0, stderr: '' })
    const { code } = await runCli([...db, 'doctor'])
    const short = startCli([...db, 'doctor'])
    short.child.stdout?.destroy()
    expect(await short.ended).toMatchObject({ code, stderr: '' })
  })

  it.each([
    [
      'a file for rejects that cannot be written',
      ['import', csv, '--as', 'events', '--rejects-to', files.path('no/such/folder.csv')],
      'export rejects --run',
    ],
    ['a backup into a folder that is not there', ['backup', files.path('no/such/copy.db')], 'No backup in'],
    ['a backup onto the database', ['backup', files.path('words.db')], 'the database itself'],
    ['a source that nobody configured', ['sync', '--source', 'crm'], 'crm'],
    ['a database address', ['--db', 'postgres://localhost/x', 'migrate'], '--db FILE'],
  ])('%s is bad usage, in one sentence', async (_, args, hint) => {
    const { code, stderr } = await runCli([...db, ...args])
    expect(code).toBe(2)
    expect(stderr).toContain(hint)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })
})
