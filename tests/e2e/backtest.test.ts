import { describe, expect, it } from 'vitest'
import { isoFromDay } from '../../src/model/day.ts'
import { inventedOrders } from '../support/invented-orders.ts'
import { describeRealData, requireRealData } from '../support/real-data.ts'
import { runCli, startCli } from '../support/spawn-cli.ts'
import { tempFolder } from '../support/temp-files.ts'

const folder = tempFolder()

interface Answer {
  readonly test: { asOf: string | null; horizonDays: number; customers: number; churned: number }
  readonly scorers: readonly Record<string, number | string | null>[]
  readonly chosen: string
  readonly insufficient: string | null
  readonly leadDaysMedian: number | null
  readonly pushesPerRepDay: number | null
}

async function load(db: string, file: string, ...columns: string[]): Promise<void> {
  const { code } = await runCli([
    'import',
    file,
    '--as',
    'events',
    '--set',
    'kind=order',
    ...columns,
    '--db',
    db,
  ])
  expect(code).toBe(0)
}

async function answer(db: string, ...options: string[]): Promise<Answer> {
  const { code, stdout, stderr } = await runCli(['backtest', '--db', db, '--json', ...options])
  expect(stderr).toBe('')
  expect(code).toBe(0)
  expect(stdout).not.toContain('NaN')
  const read: Answer = JSON.parse(stdout)
  return read
}

describe('liuke backtest', () => {
  it('says why there is nothing to judge', async () => {
    const db = folder.path('small.db')
    expect(await answer(db)).toMatchObject({ insufficient: 'no-orders', chosen: 'rules', scorers: [] })
    await load(
      db,
      folder.write('few.csv', 'customer,at,amount\nA,2026-01-05,10\nB,2026-02-01,9\nA,2026-06-30,5\n'),
    )
    expect(await answer(db, '--horizon', '365')).toMatchObject({
      insufficient: 'no-customers',
      pushesPerRepDay: null,
    })
    expect(await answer(db)).toMatchObject({
      insufficient: 'short-history',
      test: { customers: 2, churned: 1 },
    })
    expect((await runCli(['backtest', '--db', db])).stdout).toMatch(/^数据不足/)
    expect((await runCli(['backtest', '--db', db, '--locale', 'en'])).stdout).toContain('Not enough data')
  })

  it('refuses bad days with exit code 2', async () => {
    const db = folder.path('small.db')
    for (const options of [
      ['--horizon', '0'],
      ['--test-as-of', '2026-02-30'],
      ['--test-as-of', '2026-06-01'],
      ['--test-as-of', '2026-03-31', '--train-as-of', '2026-03-01'],
    ])
      expect((await runCli(['backtest', '--db', db, ...options])).code).toBe(2)
  })

  it('prints a table, tells its progress on stderr, and stops on Ctrl-C', async () => {
    const db = folder.path('invented.db')
    const rows = inventedOrders({ customers: 400, lastDay: 500 }).map(
      ({ customer, day, amount }) => `${customer},${isoFromDay(20_000 + day)},${amount}`,
    )
    await load(db, folder.write('invented.csv', `customer,at,amount\n${rows.join('\n')}\n`))
    const run = await runCli(['backtest', '--db', db, '--horizon', '60'], { LIUKE_LOG: 'info' })
    expect(run.code).toBe(0)
    expect(run.stdout).toMatch(/^rules +0\.\d{4} /m)
    expect(run.stdout).toMatch(/^blend +0\.\d{4} /m)
    expect(run.stderr).toContain('"percent":100')
    const stopped = startCli(['backtest', '--db', db, '--horizon', '60'], { LIUKE_LOG: 'info' })
    stopped.child.stderr?.once('data', () => stopped.child.kill('SIGINT'))
    const { code, stdout, stderr } = await stopped.ended
    expect(code).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain('已停止')
  })
})

/** The chosen scorer against the best published row: [AUC, lift, Brier, ECE]. */
function expectAsGood(found: Answer, lift: string, [auc, top, brier, ece]: [number, number, number, number]) {
  const chosen = found.scorers.find(({ name }) => name === found.chosen) ?? {}
  expect(chosen.auc).toBeGreaterThanOrEqual(auc - 0.005)
  expect(chosen[lift]).toBeGreaterThanOrEqual(0.98 * top)
  expect(chosen.brier).toBeLessThanOrEqual(brier + 0.002)
  expect(chosen.ece).toBeLessThanOrEqual(ece + 0.01)
}

describeRealData('liuke backtest on CDNOW', () => {
  const db = folder.path('cdnow.db')

  it('judges by default the last 90 days, and is as good as published', async () => {
    const columns = ['customer=customer_id', 'at=date', 'amount=amount'].flatMap((one) => ['--map', one])
    await load(db, requireRealData('cdnow_transactions.csv'), ...columns)
    const all = await answer(db, '--horizon', '90')
    expect(all.test).toEqual({ asOf: '1998-04-01', horizonDays: 90, customers: 23_570, churned: 20_269 })
    expectAsGood(all, 'liftTop10Retained', [0.8405, 4.19, 0.0881, 0.0132])
    const recency = all.scorers.find(({ name }) => name === 'recency')
    expect(recency?.auc).toBeCloseTo(0.828, 3)
    expect(all.leadDaysMedian).toBeGreaterThan(0)
  })

  it('the same among customers active within 180 days', async () => {
    const dates = ['--test-as-of', '1998-04-01', '--train-as-of', '1998-01-01']
    const active = await answer(db, '--horizon', '90', ...dates, '--active-within', '180')
    expect(active.test.customers).toBe(6046)
    expectAsGood(active, 'liftTop10', [0.7292, 1.37, 0.1982, 0.0224])
  })
})

describeRealData('liuke backtest on Online Retail', () => {
  const db = folder.path('retail.db')

  it('is as good as published, in both populations', async () => {
    const file = requireRealData('online_retail_invoices.csv')
    const columns = ['customer=customer_id', 'at=invoice_datetime', 'amount=amount', 'key=invoice_no']
    const options = ['--set', 'kind=order', ...columns.flatMap((one) => ['--map', one])]
    // Cancellations are rejected: they are no orders.
    expect((await runCli(['import', file, '--as', 'events', ...options, '--db', db])).code).toBe(3)
    const all = await answer(db, '--horizon', '90')
    expect(all.test).toEqual({ asOf: '2011-09-10', horizonDays: 90, customers: 3370, churned: 1449 })
    expectAsGood(all, 'liftTop10Retained', [0.739, 1.68, 0.2115, 0.086])
    const active = await answer(db, '--horizon', '90', '--active-within', '180')
    expect(active.test.customers).toBe(2784)
    expectAsGood(active, 'liftTop10', [0.74, 1.79, 0.2053, 0.0796])
  })
})
