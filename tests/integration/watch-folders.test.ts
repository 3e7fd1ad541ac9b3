import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { importWatchedFolders } from '../../src/sync/watch-folders.ts'
import { tempFolder } from '../support/temp-files.ts'
import { sqliteCtx } from '../support/test-ctx.ts'

const files = tempFolder()
const HEAD = 'customer,at,kind,amount\n'

it('imports each complete file once, and goes on after a bad one', async () => {
  const folder = files.path('inbox')
  mkdirSync(folder)
  const watch = [
    { folder, as: 'events', source: 'drop' },
    { folder: files.path('absent'), as: 'events' },
  ]
  const ctx = await sqliteCtx({ settings: { sync: { watch } } })
  const look = () => importWatchedFolders(ctx, new AbortController().signal)
  const events = async () => (await ctx.db.selectFrom('events').select('id').execute()).length

  writeFileSync(join(folder, 'a.csv'), `${HEAD}c1,2026-11-20,order,1\n`)
  writeFileSync(join(folder, 'b-bad.csv'), 'nothing,useful\n1,2\n')
  writeFileSync(join(folder, 'notes.pdf'), 'not a table')
  expect(await look()).toEqual({ imported: 0, waiting: 2, failed: 0 })
  writeFileSync(join(folder, 'a.csv'), `${HEAD}c1,2026-11-20,order,1\nc2,2026-11-20,order,2\n`)
  expect(await look()).toEqual({ imported: 0, waiting: 1, failed: 1 })
  expect(await look()).toEqual({ imported: 1, waiting: 0, failed: 0 })
  expect(await events()).toBe(2)
  expect(await look()).toEqual({ imported: 0, waiting: 0, failed: 0 })

  renameSync(join(folder, 'a.csv'), join(folder, 'again.csv'))
  await look()
  expect(await look()).toEqual({ imported: 0, waiting: 0, failed: 0 })
  expect(await events()).toBe(2)

  rmSync(join(folder, 'b-bad.csv'))
  writeFileSync(join(folder, 'b-bad.csv'), `${HEAD}c3,2026-11-20,order,3\n`)
  await look()
  expect(await look()).toEqual({ imported: 1, waiting: 0, failed: 0 })
  expect(await events()).toBe(3)
  await ctx.close()
})
