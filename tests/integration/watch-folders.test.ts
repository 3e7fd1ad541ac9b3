import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Settings } from '../../src/settings.ts'
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

it('tries a file that failed again once the settings of its folder fit', async () => {
  const folder = files.path('mended')
  mkdirSync(folder)
  writeFileSync(join(folder, 'orders.csv'), 'who,when\nc1,2026-11-20\n')
  const settings = (map: Record<string, string>) => ({
    sync: { watch: [{ folder, as: 'events', set: { kind: 'order' }, map }] },
  })
  const ctx = await sqliteCtx({ settings: settings({}) })
  const signal = new AbortController().signal
  await importWatchedFolders(ctx, signal)
  expect(await importWatchedFolders(ctx, signal)).toMatchObject({ failed: 1 })
  expect(await importWatchedFolders(ctx, signal)).toMatchObject({ failed: 0 })
  const mended = Settings.parse(settings({ customer: 'who', at: 'when' }))
  expect(await importWatchedFolders({ ...ctx, settings: mended }, signal)).toMatchObject({ imported: 1 })
  await ctx.close()
})
