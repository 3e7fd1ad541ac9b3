import { readdir } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { runCli } from '../support/spawn-cli.ts'
import { tempFolder } from '../support/temp-files.ts'

/** `liuke demo` and `liuke churn` as a person or a script runs them. */
const files = tempFolder()

describe('liuke demo and liuke churn', () => {
  const db = ['--db', files.path('demo.db')]

  beforeAll(async () => {
    const loaded = await runCli([...db, '--json', 'demo', '--customers', '60', '--seed', '7'])
    expect(loaded.code, loaded.stderr).toBe(0)
    expect(JSON.parse(loaded.stdout)).toMatchObject({
      members: { added: 14, rejected: 0 },
      events: { rejected: 0 },
    })
  })

  it('writes the files that import reads', async () => {
    const out = files.path('csv')
    const { code, stdout } = await runCli([...db, '--json', 'demo', '--customers', '20', '--export', out])
    expect(code).toBe(0)
    expect(JSON.parse(stdout).files).toHaveLength(5)
    const names = ['contacts.csv', 'customers.csv', 'events.csv', 'members.csv', 'surveys.csv']
    expect((await readdir(out)).sort()).toEqual(names)
  })

  it('prints one JSON document of the stable shape', async () => {
    const { code, stdout } = await runCli([
      ...db,
      '--json',
      'churn',
      '--period',
      '2026Q1',
      '--definition',
      'b2b',
    ])
    expect(code).toBe(0)
    const figures = JSON.parse(stdout)
    const keys = ['definition', 'period', 'opening', 'lost', 'rate', 'interval', 'returned', 'new']
    expect(Object.keys(figures)).toEqual(keys)
    expect(figures).toMatchObject({ definition: 'b2b', period: '2026Q1' })
    expect(figures.rate).toBe(figures.lost / figures.opening)
  })

  it('tells people the definition, n of N and the day', async () => {
    const { stdout } = await runCli([
      ...db,
      'churn',
      '--period',
      '2025',
      '--team',
      '华东',
      '--definition',
      'e-commerce',
    ])
    expect(stdout).toMatch(/2025 流失率 [\d.]+ %（\d+\/\d+ 家）/)
    expect(stdout).toContain('样本不足')
    expect(stdout).toContain('口径 v1：180 天没有下单')
    expect(stdout).toContain('截至 12/31')
  })

  it('says 无基数 where nobody was there at the start', async () => {
    const { stdout } = await runCli([...db, 'churn', '--period', '2020'])
    expect(stdout).toContain('无基数')
    const json = await runCli([...db, '--json', 'churn', '--period', '2020'])
    expect(JSON.parse(json.stdout)).toMatchObject({ opening: 0, rate: null, interval: null })
  })

  it.each([
    ['an unreadable period', ['churn', '--period', '昨天'], '2026Q3'],
    ['an unknown team', ['churn', '--team', '西北'], '华东, 华南, 华北'],
    ['an unknown definition', ['churn', '--definition', 'x'], 'own-cycle'],
    ['no number of customers', ['demo', '--customers', '-5'], 'whole number'],
  ])('%s is bad usage, and says what would do', async (_, args, hint) => {
    const { code, stderr } = await runCli([...db, ...args])
    expect(code).toBe(2)
    expect(stderr).toContain(hint)
  })
})
