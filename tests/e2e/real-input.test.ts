import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { describeRealData, requireRealData as file } from '../support/real-data.ts'
import { runCli } from '../support/spawn-cli.ts'

/** The command line as a company with a CSV export uses it, on the public logs. */
describeRealData('real input from the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'liuke-real-'))
  const cdnow = join(folder, 'cdnow.db')
  const retail = join(folder, 'retail.db')

  async function json<T>(...args: string[]): Promise<{ code: number | null; value: T }> {
    const { code, stdout } = await runCli([...args, '--json'])
    return { code, value: JSON.parse(stdout) as T }
  }

  const cdnowImport = () =>
    json<Record<string, number>>(
      ...['--db', cdnow, 'import', file('cdnow_transactions.csv'), '--as', 'events', '--source', 'cdnow'],
      ...[
        '--map',
        'customer=customer_id',
        '--map',
        'at=date',
        '--map',
        'quantity=cds',
        '--map',
        'amount=amount',
      ],
      ...['--set', 'kind=order'],
    )

  it('CDNOW: all 69,659 rows load, a second import changes nothing', async () => {
    const first = await cdnowImport()
    expect(first).toMatchObject({ code: 0, value: { read: 69_659, added: 69_659, rejected: 0 } })
    const second = await cdnowImport()
    expect(second).toMatchObject({
      code: 0,
      value: { read: 69_659, added: 0, changed: 0, unchanged: 69_659 },
    })
  })

  it('CDNOW: scores as of a date inside its range, explains, plans a push, tells churn, exports', async () => {
    const score = await json<{ asOf: string; customers: number; scored: number; insufficient: number }>(
      ...['--db', cdnow, 'score', '--as-of', '1998-01-01'],
    )
    expect(score).toMatchObject({ code: 0, value: { asOf: '1998-01-01', customers: 23_570 } })
    expect(score.value.scored + score.value.insufficient).toBe(23_570)

    const why = await json<{ risk: number | null; rfm: unknown; why: { text: string; facts: unknown[] }[] }>(
      ...['--db', cdnow, 'why', '1', '--as-of', '1998-01-01'],
    )
    expect(why.code).toBe(0)
    const regular = await json<{ risk: number | null; why: { text: string; facts: unknown[] }[] }>(
      ...['--db', cdnow, 'why', '3', '--as-of', '1998-01-01'],
    )
    for (const reason of regular.value.why) {
      expect(reason.text).not.toBe('')
      expect(reason.facts.length).toBeGreaterThan(0)
    }

    const push = await json<{ planned: number; sent: number; held: Record<string, number> }>(
      ...['--db', cdnow, 'push', '--as-of', '1998-01-01', '--dry-run'],
    )
    expect(push).toMatchObject({ code: 0, value: { sent: 0 } })
    expect(push.value.planned).toBeGreaterThan(0)

    const churn = await json<{ opening: number; lost: number; rate: number; interval: [number, number] }>(
      ...['--db', cdnow, 'churn', '--period', '1998-03', '--definition', 'e-commerce'],
    )
    expect(churn.code).toBe(0)
    expect(churn.value.opening).toBeGreaterThan(0)
    expect(churn.value.rate).toBeCloseTo(churn.value.lost / churn.value.opening, 10)
    expect(churn.value.interval[0]).toBeLessThanOrEqual(churn.value.rate)

    const scores = await runCli(['--db', cdnow, 'export', 'scores', '--format', 'csv'])
    expect(scores.stdout.trimEnd().split('\n')).toHaveLength(23_571)
  })

  it('Online Retail: the purchases load, each cancellation is kept as a reject with what was expected', async () => {
    const report = await json<{
      read: number
      added: number
      rejected: number
      rejects: { field: string; expected: string }[]
    }>(
      ...[
        '--db',
        retail,
        'import',
        file('online_retail_invoices.csv'),
        '--as',
        'events',
        '--source',
        'retail',
      ],
      ...['--map', 'customer=customer_id', '--map', 'at=invoice_datetime', '--map', 'amount=amount'],
      ...['--map', 'key=invoice_no', '--map', 'quantity=units', '--set', 'kind=order'],
    )
    const lines = readFileSync(file('online_retail_invoices.csv'), 'utf8').trimEnd().split('\n')
    const negative = lines.slice(1).filter((line) => Number(line.split(',')[7]) < 0).length
    expect(report).toMatchObject({
      code: 3,
      value: { read: 22_190, rejected: negative, added: 22_190 - negative },
    })
    expect(report.value.rejects[0]).toMatchObject({
      field: 'amount',
      expected: expect.stringContaining('refund'),
    })

    const score = await json<{ customers: number }>('--db', retail, 'score', '--as-of', '2011-09-10')
    expect(score.code).toBe(0)
    expect(score.value.customers).toBeGreaterThan(3_000)
  })
})
