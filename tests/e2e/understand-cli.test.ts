import { beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../support/spawn-cli.ts'
import { tempFolder } from '../support/temp-files.ts'

const folder = tempFolder()
const db = folder.path('understand.db')
const SUNDAY = '2026-11-22T09:00:00+08:00'

async function read(...args: string[]): Promise<unknown> {
  const { code, stdout, stderr } = await runCli(['--db', db, '--json', 'understand', ...args])
  expect(code, stderr).toBe(0)
  return JSON.parse(stdout)
}

describe('liuke understand', () => {
  beforeAll(async () => {
    const customers = folder.write(
      'customers.csv',
      'key,name\nC1,张三制造有限公司\nC2,张三制造\nC3,恒通机械\n',
    )
    expect((await runCli(['--db', db, 'import', customers, '--as', 'customers'])).code).toBe(0)
  })

  it('prints exactly the nine fields of a text', async () => {
    expect(await read('微信联系了恒通机械，对价格不满，下周三再约', '--as-of', SUNDAY)).toEqual([
      {
        customer: '恒通机械',
        channel: 'wechat',
        reached: true,
        effective: true,
        outcome: 'dissatisfied',
        reason: 'price',
        sentiment: 'negative',
        next: '2026-11-25',
        amount: null,
      },
    ])
  })

  it('reads a file in its order, each line for itself, and guesses no customer', async () => {
    const lines = ['今天下单5万', '__proto__', '恒通机械和张三制造都续约了', ''].map((text, id) => ({
      id,
      text,
    }))
    const file = folder.write('notes.jsonl', `${lines.map((one) => JSON.stringify(one)).join('\n')}\n\n`)
    expect(await read('--file', file, '--as-of', SUNDAY)).toMatchObject([
      { outcome: 'ordered', amount: 5_000_000, customer: null },
      { outcome: null, effective: false },
      { outcome: 'renewed', customer: null },
      { outcome: null, next: null },
    ])
  })

  it('takes the day in the business zone', async () => {
    // 17:00 UTC is already Monday in Shanghai.
    expect(await read('明天再约', '--as-of', '2026-11-22T17:00:00Z')).toMatchObject([{ next: '2026-11-24' }])
    expect(await read('明天再约', '--as-of', '2026-11-22')).toMatchObject([{ next: '2026-11-23' }])
  })

  it('says what is wrong with its input', async () => {
    const broken = folder.write('broken.jsonl', '{"id":1,"text":"好"}\n{"id":2}\n')
    for (const args of [
      [],
      ['--file', folder.path('none.jsonl')],
      ['--file', broken],
      ['好', '--as-of', '2026-13-01T09:00:00Z'],
    ]) {
      const { code, stdout, stderr } = await runCli(['--db', db, '--json', 'understand', ...args])
      expect([code, stdout]).toEqual([2, ''])
      expect(stderr).not.toContain('at ')
    }
  })
})
