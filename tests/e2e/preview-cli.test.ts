import { beforeAll, expect, it } from 'vitest'
import { runCli } from '../support/spawn-cli.ts'
import { tempFolder } from '../support/temp-files.ts'

const folder = tempFolder()
const db = folder.path('preview.db')
const AS_OF = '2026-06-10'
const DAY = 86_400_000
const iso = (ago: number): string => new Date(Date.parse(AS_OF) - ago * DAY).toISOString().slice(0, 10)
const liuke = (...args: string[]) => runCli(['--db', db, ...args])

beforeAll(async () => {
  const rows = ['customer,at,kind,amount']
  for (let n = 0; n < 12; n++) {
    for (let k = 0; k < 6; k++) rows.push(`K${n},${iso(n * 4 + k * 20)},order,100`)
  }
  const file = folder.write('events.csv', `${rows.join('\n')}\n`)
  expect((await liuke('import', file, '--as', 'events')).code).toBe(0)
  expect((await liuke('score', '--as-of', AS_OF)).code).toBe(0)
})

it('previews a draft as one JSON document, and leaves the scores alone', async () => {
  const before = await liuke('export', 'scores')
  const sets = ['--set', 'scoring.bands.watch=0.2', '--set', 'scoring.bands.medium=0.3']
  const { code, stdout } = await liuke('--json', 'preview', ...sets, '--weeks', '2')
  expect(code).toBe(0)
  const found = JSON.parse(stdout)
  expect(found).toMatchObject({
    asOf: AS_OF,
    customers: 12,
    changes: [
      { path: 'scoring.bands.watch', before: 0.3, after: 0.2 },
      { path: 'scoring.bands.medium', before: 0.45, after: 0.3 },
    ],
    pushes: { weeks: 2 },
  })
  expect(found.atRisk.after).toBeGreaterThan(found.atRisk.before)
  expect((await liuke('export', 'scores')).stdout).toBe(before.stdout)
})

it('says what is wrong with a draft and ends with 2', async () => {
  const wrong = await liuke('preview', '--set', 'scoring.bands.high=0.2')
  expect(wrong.code).toBe(2)
  expect(wrong.stderr).toContain('watch < medium < high < urgent')
  expect((await liuke('preview', '--set', 'push.perDay=9')).stderr).toContain('only settings of "scoring"')
  expect((await liuke('preview')).code).toBe(2)
})

it('shows that nothing is saved over the file', async () => {
  const { code, stdout } = await liuke('--json', 'preview', '--show')
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toBeNull()
})
