import { createServer } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { openDatabase } from '../../src/db/open.ts'
import { startLiuke } from '../support/running-service.ts'
import { runCli } from '../support/spawn-cli.ts'
import { tempFolder } from '../support/temp-files.ts'

const folder = tempFolder()
const blocker = createServer()
afterEach(() => void blocker.close())

it('ends with one sentence when its port is taken, instead of running on without an address', async () => {
  const port = await new Promise<number>((resolve) =>
    blocker.listen(0, '127.0.0.1', () => {
      const address = blocker.address()
      resolve(address !== null && typeof address === 'object' ? address.port : 0)
    }),
  )
  const { code, stderr } = await runCli(['--db', folder.path('liuke.db'), 'serve'], {
    LIUKE_PORT: String(port),
  })
  expect(code).toBe(2)
  expect(stderr).toContain(String(port))
  expect(stderr.trim().split('\n')).toHaveLength(1)
})

it('the demo prints its address when the first morning is delivered', async () => {
  const database = folder.path('demo.db')
  const service = await startLiuke(
    folder.write(
      'demo.yaml',
      `database: ${database}\ndemo: { enabled: true, customers: 200 }\nplayground: { enabled: true }\n`,
    ),
  )
  const { db, close } = openDatabase(database)
  const rows = await db.selectFrom('outbox').select('state').where('lane', '=', 'digest').execute()
  await close()
  expect(await service.stop()).toBe(0)
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.filter((row) => row.state !== 'sent')).toEqual([])
})
