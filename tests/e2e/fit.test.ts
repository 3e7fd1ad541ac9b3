import { describe, expect, it } from 'vitest'
import { describeRealData, requireRealData } from '../support/real-data.ts'
import { runCli } from '../support/spawn-cli.ts'
import { tempFolder } from '../support/temp-files.ts'

const folder = tempFolder()

describe('liuke fit', () => {
  it('says why there is nothing to fit', async () => {
    const events = folder.write(
      'events.csv',
      'customer,at,amount\nA,2026-01-05,10\nA,2026-01-05,12\nB,2026-02-01,9\n',
    )
    const db = folder.path('small.db')
    const { code: imported } = await runCli([
      'import',
      events,
      '--as',
      'events',
      '--set',
      'kind=order',
      '--db',
      db,
    ])
    expect(imported).toBe(0)
    const { code, stdout } = await runCli(['fit', '--db', db, '--as-of', '2026-06-30', '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      model: 'bg-nbd',
      params: null,
      customers: 2,
      insufficient: 'no-repeats',
    })
    const people = await runCli(['fit', '--db', db, '--as-of', '2026-06-30'])
    expect(people.stdout).toContain('数据不足')
    expect(people.stdout).toContain('最近一笔事实在 2026-02-01，比截至日早 149 天；可用 --as-of 2026-02-01')
    const then = await runCli(['fit', '--db', db, '--as-of', '2026-02-01'])
    expect(then.stdout).not.toContain('最近一笔事实')
  })

  it('refuses bad dates and models with exit code 2', async () => {
    const db = folder.path('empty.db')
    expect((await runCli(['fit', '--db', db, '--as-of', '2026-02-30'])).code).toBe(2)
    expect((await runCli(['fit', '--db', db, '--model', 'nbd'])).code).toBe(2)
  })
})

describeRealData('liuke fit on the CDNOW sample', () => {
  it('prints the published parameters', async () => {
    const db = folder.path('cdnow.db')
    const columns = ['--map', 'customer=sample_id', '--map', 'at=date', '--set', 'kind=order']
    const file = requireRealData('cdnow_sample_transactions.csv')
    expect((await runCli(['import', file, '--as', 'events', ...columns, '--db', db])).code).toBe(0)
    const run = (model: string) =>
      runCli(['fit', '--db', db, '--as-of', '1997-09-30', '--model', model, '--json'])
    const bg = JSON.parse((await run('bg-nbd')).stdout)
    expect(bg).toMatchObject({ model: 'bg-nbd', customers: 2357 })
    expect(bg.params.r).toBeCloseTo(0.243, 3)
    expect(bg.logLikelihood).toBeCloseTo(-9582.43, 2)
    const spend = JSON.parse((await run('gamma-gamma')).stdout)
    expect(spend.customers).toBe(946)
    expect(spend.params.gamma).toBeCloseTo(15.44, 1)
    // MBG/NBD is the likelier one here; published for x = 2, t = 30.43, T = 38.86.
    const why = JSON.parse((await runCli(['why', '1', '--db', db, '--as-of', '1997-09-30', '--json'])).stdout)
    expect(why.pAlive).toBeCloseTo(0.706, 3)
    expect(why.clv12m).toBeGreaterThan(why.clv12mRange[0])
    expect(why.clv12m).toBeLessThan(why.clv12mRange[1])
  })
})
