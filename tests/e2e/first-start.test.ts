import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { startCli } from '../support/spawn-cli.ts'
import { tempFolder } from '../support/temp-files.ts'

const files = tempFolder()

it('opens the demo also after another command made an empty database at the default place', async () => {
  const folder = files.path('fresh')
  mkdirSync(folder)
  // In a year whose holidays are not announced it finds something to mend.
  await startCli(['doctor'], {}, folder).ended
  expect(existsSync(join(folder, 'data', 'liuke.db'))).toBe(true)

  const { child, ended } = startCli(['serve'], { LIUKE_PORT: '0' }, folder)
  let said = ''
  child.stdout?.on('data', (chunk) => {
    said += chunk
  })
  while (child.exitCode === null && !said.includes('\n')) await systemClock.sleep(50)
  child.kill('SIGINT')
  expect(await ended).toMatchObject({ code: 0 })
  expect(said).toContain('(demo)')
})
