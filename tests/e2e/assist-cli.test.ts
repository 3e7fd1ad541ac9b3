import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unsureNote } from '../support/assisted-talk.ts'
import {
  API_KEY,
  type FakeLanguageModel,
  MODEL,
  startFakeLanguageModel,
} from '../support/fake-language-model.ts'
import { runCli } from '../support/spawn-cli.ts'
import { tempFolder } from '../support/temp-files.ts'

const folder = tempFolder()
const db = folder.path('assist.db')
const UNSURE = unsureNote((vague) => `恒通机械${vague}，电话13812345678`)
const SURE = '电话联系，客户已经下单了'
let fake: FakeLanguageModel
let config: string

beforeAll(async () => {
  fake = await startFakeLanguageModel({
    outcome: 'lost',
    reason: 'service',
    effective: true,
    sentiment: 'negative',
  })
  config = folder.write(
    'liuke.yaml',
    `understand: { assist: { enabled: true, url: '${fake.url}', model: ${MODEL} } }\n`,
  )
  const customers = folder.write('customers.csv', 'key,name\nC3,恒通机械\n')
  expect((await runCli(['--db', db, 'import', customers, '--as', 'customers'])).code).toBe(0)
})
afterAll(() => fake.stop())

const run = (args: readonly string[], key = API_KEY) =>
  runCli(['--config', config, '--db', db, '--json', ...args], { LIUKE_UNDERSTAND_KEY: key })

describe('a language model on the command line', () => {
  it('is asked only with --assist, only about what is unsure, without names', async () => {
    const notes = folder.write(
      'notes.jsonl',
      [UNSURE, SURE].map((text) => JSON.stringify({ text })).join('\n'),
    )
    const own = JSON.parse((await run(['understand', '--file', notes])).stdout)
    expect(fake.requests).toEqual([])
    const { code, stdout, stderr } = await run(['understand', '--file', notes, '--assist'])
    expect(code, stderr).toBe(0)
    const [unsure, sure] = JSON.parse(stdout)
    expect(unsure).toMatchObject({ customer: '恒通机械', outcome: 'lost', reason: 'service' })
    expect(unsure.assisted).toEqual(expect.arrayContaining(['outcome', 'reason']))
    expect(sure).toEqual({ ...own[1], assisted: [] })
    expect(fake.requests).toHaveLength(1)
    expect(fake.requests[0]?.raw).not.toMatch(/恒通|13812345678/)
  })

  it('cannot be asked where it is switched off', async () => {
    const { code, stderr } = await runCli(['--db', db, 'understand', UNSURE, '--assist'])
    expect([code, stderr]).toEqual([2, expect.stringContaining('understand.assist')])
  })

  it('is tried by doctor with a made-up note, and a wrong key says what to look at', async () => {
    const check = async (key?: string) => {
      const { stdout } = await run(['doctor'], key)
      return JSON.parse(stdout).find(({ name }: { name: string }) => name === '智能判读')
    }
    expect(await check()).toMatchObject({ state: 'ok', detail: `${MODEL} 答得合格` })
    fake.next.push({ kind: 'content', text: '好的' })
    expect(await check()).toMatchObject({ state: 'failed', detail: expect.stringContaining('不合要求') })
    expect(await check('wrong')).toMatchObject({
      state: 'failed',
      detail: 'the language model did not answer: HTTP status 400',
      mend: expect.stringContaining('LIUKE_UNDERSTAND_KEY'),
    })
    expect(JSON.parse((await runCli(['--db', db, '--json', 'doctor'])).stdout)).not.toContainEqual(
      expect.objectContaining({ name: '智能判读' }),
    )
  })
})
