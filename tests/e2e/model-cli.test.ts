import { copyFileSync } from 'node:fs'
import { beforeAll, expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { openDatabase } from '../../src/db/open.ts'
import { type CliRun, runCli, startCli } from '../support/spawn-cli.ts'
import { tempFolder } from '../support/temp-files.ts'

/** The demo company's first morning is the day after. */
const AS_OF = '2026-11-22'
const files = tempFolder()
let company: string

beforeAll(async () => {
  company = files.path('company.db')
  expect(await runCli(['--db', company, 'demo', '--customers', '240'])).toMatchObject({ code: 0 })
})

function copy(name: string): string {
  const file = files.path(name)
  copyFileSync(company, file)
  return file
}

const train = (db: string) => ['--db', db, '--json', 'model', 'train', '--as-of', AS_OF]

async function rows(db: string, table: 'learning_parts' | 'scorer_versions'): Promise<number> {
  const { db: open, close } = openDatabase(db)
  try {
    return (await open.selectFrom(table).selectAll().execute()).length
  } finally {
    await close()
  }
}

/** What an evaluation came to, without when. */
function outcome({ stdout }: CliRun): unknown {
  const { versions } = JSON.parse(stdout)
  return versions.map(({ kind, state, report }: { kind: string; state: string; report: unknown }) => ({
    kind,
    state,
    report,
  }))
}

it('goes on after a kill with the learners that were trained, and ends as if nothing had happened', async () => {
  const calm = await runCli(train(copy('calm.db')))
  expect(calm).toMatchObject({ code: 0 })

  const db = copy('killed.db')
  const { child, ended } = startCli(train(db))
  while ((await rows(db, 'learning_parts')) < 2) await systemClock.sleep(10)
  child.kill('SIGKILL')
  await ended
  expect(await rows(db, 'scorer_versions')).toBe(0)
  const again = await startCli(train(db), { LIUKE_LOG: 'info' }).ended
  expect(again.code).toBe(0)
  expect(again.stderr).toContain('a learner of an earlier try is taken up')
  expect(again.stderr).toContain('evaluating the scorers')
  expect(outcome(again)).toEqual(outcome(calm))
  expect(await rows(db, 'learning_parts')).toBe(0)
})

it('two processes at once come to one open outcome', async () => {
  const db = copy('two.db')
  const [one, two] = await Promise.all([runCli(train(db)), runCli(train(db))])
  expect([one.code, two.code]).toEqual([0, 0])
  const { versions } = JSON.parse((await runCli(['--db', db, '--json', 'model'])).stdout)
  expect(versions).toHaveLength(2)
  const open = versions.filter(({ state }: { state: string }) => state === 'proposed')
  expect(open.length).toBeLessThanOrEqual(1)
  expect(versions[0].report).toEqual(versions[1].report)
})

it('lists, decides, and says clearly what cannot be done', async () => {
  const db = copy('decide.db')
  const none = await runCli(['--db', db, 'model'])
  expect(none.stdout).toContain('还没有评估过')
  expect(JSON.parse((await runCli(['--db', db, '--json', 'model'])).stdout)).toMatchObject({
    scorer: 'rules',
    active: null,
    proposed: null,
    versions: [],
  })
  const missing = await runCli(['--db', db, 'model', 'accept', '7'])
  expect(missing).toMatchObject({ code: 2, stdout: '' })
  expect(missing.stderr).toBe('没有版本 7。\n')
  expect((await runCli(['--db', db, 'model', 'accept', 'x'])).code).toBe(2)
  expect((await runCli(['--db', db, 'model', 'train', '--as-of', '2099-01-01'])).code).toBe(2)
  const same = await runCli(['--db', db, '--json', '--locale', 'en', 'model', 'rules'])
  expect(JSON.parse(same.stdout)).toMatchObject({ changed: false, scorer: 'rules' })
})
