import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { inTransaction } from '../../src/context.ts'
import { migrate } from '../../src/db/migrate.ts'
import { openDatabase } from '../../src/db/open.ts'
import { sqliteCtx } from '../support/test-ctx.ts'

function tempFile(name = 'test.db'): string {
  return join(mkdtempSync(join(tmpdir(), 'liuke-')), 'new-folder', name)
}

describe('openDatabase', () => {
  it('creates a missing file and its folder, in WAL mode with foreign keys', async () => {
    const { db, close } = openDatabase(tempFile())
    await migrate(db)
    const mode = await sql<{ journal_mode: string }>`pragma journal_mode`.execute(db)
    expect(mode.rows[0]?.journal_mode).toBe('wal')
    const orphan = sql`insert into surveys (source, source_key, customer_id, kind, at, day, score) values ('s', 'k', 99, 'nps', 0, 0, 1)`
    await expect(orphan.execute(db)).rejects.toThrow(/FOREIGN KEY/)
    await close()
  })

  it('keeps STRICT tables: text in a number column is refused', async () => {
    const { db, close } = openDatabase(':memory:')
    await migrate(db)
    const wrong = sql`insert into state (name, value, updated_at) values ('n', 'v', 'tomorrow')`
    await expect(wrong.execute(db)).rejects.toThrow(/INTEGER/)
    await close()
  })

  it('refuses a database address instead of making a folder of its name', () => {
    expect(() => openDatabase('postgres://liuke@127.0.0.1/liuke')).toThrowError(
      expect.objectContaining({ code: 'config', say: expect.stringContaining('--db FILE') }),
    )
    expect(existsSync('postgres:')).toBe(false)
  })

  it('says what is wrong with a file that is no database', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'liuke-')), 'no.db')
    writeFileSync(file, 'this is a text file, and a rather long one, not a database at all '.repeat(20))
    expect(() => openDatabase(file)).toThrowError(expect.objectContaining({ code: 'config' }))
    expect(readFileSync(file, 'utf8')).toContain('text file')
  })

  it('leaves the copying of large loads to the connection that is asked for it', async () => {
    const file = tempFile()
    const [chat, worker] = [openDatabase(file, { checkpoints: 'elsewhere' }), openDatabase(file)]
    await migrate(chat.db)
    const text = 'x'.repeat(40_000_000)
    await chat.db.insertInto('state').values({ name: 'large', value: text, updated_at: 1 }).execute()
    await chat.db.insertInto('state').values({ name: 'small', value: '1', updated_at: 1 }).execute()
    expect(statSync(file).size).toBeLessThan(text.length)
    worker.checkpoint()
    expect(statSync(file).size).toBeGreaterThan(text.length)
    await worker.close()
    await chat.close()
  })

  it('backs up while a transaction of another connection is open', async () => {
    const file = tempFile()
    const one = openDatabase(file)
    await migrate(one.db)
    await one.db.insertInto('state').values({ name: 'a', value: '1', updated_at: 1 }).execute()
    const other = openDatabase(file)
    const copy = tempFile('copy.db')
    await sql.raw('select 1').execute(one.db)
    await other.db.transaction().execute(async (trx) => {
      await trx.insertInto('state').values({ name: 'b', value: '2', updated_at: 1 }).execute()
      const target = copy.replace('/new-folder', '')
      await one.backup(target)
      const restored = openDatabase(target)
      expect(await restored.db.selectFrom('state').select('name').execute()).toEqual([{ name: 'a' }])
      await restored.close()
    })
    await other.close()
    await one.close()
  })
})

describe('inTransaction', () => {
  it('undoes everything when the work throws', async () => {
    const ctx = await sqliteCtx()
    const failing = inTransaction(ctx, async (inner) => {
      await inner.db.insertInto('state').values({ name: 'x', value: '1', updated_at: 1 }).execute()
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await ctx.db.selectFrom('state').selectAll().execute()).toEqual([])
    await ctx.close()
  })

  it('joins an outer transaction instead of waiting for it', async () => {
    const ctx = await sqliteCtx()
    await inTransaction(ctx, (outer) =>
      inTransaction(outer, (inner) =>
        inner.db.insertInto('state').values({ name: 'x', value: '1', updated_at: 1 }).execute(),
      ),
    )
    expect(await ctx.db.selectFrom('state').select('name').execute()).toEqual([{ name: 'x' }])
    await ctx.close()
  })

  it('waits for a writer in another thread instead of failing, and lets its own thread go on', async () => {
    const file = tempFile()
    const ctx = await sqliteCtx({ file })
    const writer = new Worker(HOLD_WRITE_LOCK, { eval: true, workerData: { file } })
    const gone = once(writer, 'exit')
    await once(writer, 'message')
    // Only a thread that goes on can let the writer go.
    let turns = 0
    const turning = setInterval(() => ++turns === 20 && writer.postMessage('go on'), 10)
    await inTransaction(ctx, async (inner) => {
      const seen = await inner.db.selectFrom('state').select('name').execute()
      expect(seen).toEqual([{ name: 'theirs' }])
      expect(turns).toBeGreaterThanOrEqual(20)
      await inner.db.insertInto('state').values({ name: 'ours', value: '1', updated_at: 1 }).execute()
    })
    clearInterval(turning)
    await gone
    await ctx.close()
  })
})

/** Takes the write lock, tells so, and commits its row when it is told to. */
const HOLD_WRITE_LOCK = `
  const { parentPort, workerData } = require('node:worker_threads')
  const Database = require('better-sqlite3')
  const db = new Database(workerData.file)
  db.exec("begin immediate; insert into state (name, value, updated_at) values ('theirs', '1', 1)")
  parentPort.postMessage('locked')
  parentPort.once('message', () => { db.exec('commit'); db.close() })
`
