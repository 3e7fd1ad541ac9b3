import { beforeAll, describe, expect, it } from 'vitest'
import { runCli, startCli } from '../support/spawn-cli.ts'
import { tempFolder } from '../support/temp-files.ts'

const folder = tempFolder()
const db = folder.path('score.db')
const AS_OF = '2026-06-10'
const DAY = 86_400_000

const iso = (ago: number): string => new Date(Date.parse(AS_OF) - ago * DAY).toISOString().slice(0, 10)

/** `n` customers ordering every 5 to 24 days, silent for different times. */
function log(n: number): string {
  const rows = ['customer,at,kind,amount,text']
  for (let i = 0; i < n; i++) {
    const [gap, silent] = [5 + (i % 20), (i * 11) % 90]
    for (let k = 0; k < 6; k++) rows.push(`K${i},${iso(silent + k * gap)},order,${100 + (i % 70)},`)
  }
  return `${rows.join('\n')}\n`
}

async function json(...args: string[]): Promise<{ code: number | null; value: unknown; stderr: string }> {
  const { code, stdout, stderr } = await runCli(['--db', db, '--json', ...args])
  return { code, value: stdout === '' ? null : JSON.parse(stdout), stderr }
}

describe('score, why and export on the command line', () => {
  beforeAll(async () => {
    const customers = folder.write(
      'customers.csv',
      'key,name\nC1,东方纸业\nC2,东方纸业有限公司\nC3,=cmd|evil\nC4,无单客户\n',
    )
    const events = folder.write(
      'events.csv',
      [
        'customer,at,kind,amount,text',
        ...[60, 70, 80, 90, 100, 110].map((ago) => `C1,${iso(ago)},order,100,`),
        ...[5, 15, 25].map((ago) => `C2,${iso(ago)},order,250.5,`),
        `C3,${iso(9)},complaint,,"漏发, ""两次"""`,
        `C1,${iso(-30)},order,99,`,
      ].join('\n'),
    )
    expect((await json('import', customers, '--as', 'customers')).code).toBe(0)
    expect((await json('import', events, '--as', 'events')).code).toBe(0)
    expect(await json('score', '--as-of', AS_OF)).toMatchObject({
      code: 0,
      value: { asOf: AS_OF, latestEvent: iso(5), customers: 4, scored: 2, insufficient: 2, scorer: 'rules' },
    })
  })

  it('why: the documented fields; purchase models that do not exist are null, not invented', async () => {
    const { code, value } = await json('why', 'C1')
    expect(code).toBe(0)
    expect(value).toMatchObject({
      customer: 'C1',
      band: expect.stringMatching(/high|urgent/),
      pAlive: null,
      clv12m: null,
      expectedOrders: null,
      nextOrderDue: expect.stringMatching(/^2026-/),
      rfm: { r: expect.any(Number), f: expect.any(Number), m: expect.any(Number) },
      raw: { daysSinceOrder: 60, orderDays: 6, revenue12m: 60_000 },
    })
    expect(value).toHaveProperty('why.0.signal', 'overdue')
    expect(value).toHaveProperty('why.0.text', expect.stringContaining('今天第60天'))
    expect(value).toHaveProperty('why.0.facts.0.source.table', 'events')
  })

  it('why: as of another day only what was known then', async () => {
    const { value } = await json('why', 'C1', '--as-of', iso(61))
    expect(value).toMatchObject({ raw: { daysSinceOrder: 9, orderDays: 5 }, why: [] })
    const later = await json('why', 'C1', '--as-of', iso(-30))
    expect(later.value).toMatchObject({ raw: { daysSinceOrder: 0, orderDays: 7 } })
  })

  it('why: exact name before part of a name, several are listed, none is said', async () => {
    expect((await json('why', '东方纸业')).value).toMatchObject({ customer: 'C1' })
    const several = await json('why', '东方')
    expect(several.code).toBe(2)
    expect(several.stderr).toContain('C1 东方纸业')
    expect(several.stderr).toContain('C2 东方纸业有限公司')
    const none = await json('why', '没有这家')
    expect(none.code).toBe(1)
    expect(none.stderr).toContain('没有这家')
  })

  it('why: too little data is said, never a number', async () => {
    expect((await json('why', 'C4')).value).toMatchObject({
      risk: null,
      band: 'none',
      tier: 'unknown',
      rfm: null,
    })
  })

  it('refuses a day that has not come and one that is no date', async () => {
    expect((await json('score', '--as-of', '2999-01-01')).code).toBe(2)
    expect((await json('score', '--as-of', '10/06/2026')).code).toBe(2)
  })

  it('exports scores and events as CSV and JSON; formulas from outside are defused', async () => {
    const scores = await runCli(['--db', db, 'export', 'scores'])
    const lines = scores.stdout.trimEnd().split('\n')
    expect(lines).toHaveLength(5)
    expect(lines[0]).toMatch(/^customer,name,owner,asOf,risk,band/)
    expect(scores.stdout).toContain("C3,'=cmd|evil")
    const events = await runCli(['--db', db, 'export', 'events', '--format', 'json'])
    const rows: unknown = JSON.parse(events.stdout)
    expect(rows).toHaveLength(11)
    expect(rows).toContainEqual(
      expect.objectContaining({
        customer: 'C2',
        kind: 'order',
        amount: '250.50',
        at: `${iso(6)}T16:00:00.000Z`,
      }),
    )
    const csv = await runCli(['--db', db, 'export', 'events', '--format', 'csv'])
    expect(csv.stdout).toContain('"漏发, ""两次"""')
    expect((await runCli(['--db', db, 'export', 'cases', '--format', 'json'])).stdout).toBe('[]\n')
    expect((await runCli(['--db', db, 'export', 'nonsense'])).code).toBe(2)
  })
})

it('score and model train say when the data end long before the as-of day', async () => {
  const old = folder.path('old.db')
  const file = folder.write(
    'old.csv',
    `customer,at,kind,amount\nK1,${iso(90)},order,5\nK1,${iso(61)},order,5\n`,
  )
  expect((await runCli(['--db', old, 'import', file, '--as', 'events'])).code).toBe(0)
  const said = `最近一笔事实在 ${iso(61)}，比截至日早 61 天；可用 --as-of ${iso(61)}`
  const asOf = ['--as-of', AS_OF]
  expect((await runCli(['--db', old, 'score', ...asOf])).stdout).toContain(said)
  expect((await runCli(['--db', old, 'model', 'train', ...asOf])).stdout).toContain(said)
  const english = await runCli(['--db', old, '--locale', 'en', 'score', ...asOf])
  expect(english.stdout).toContain(`The latest fact is of ${iso(61)}, 61 days before the as-of day`)
  const near = await runCli(['--db', old, 'score', '--as-of', iso(1)])
  expect(near.stdout).not.toContain('最近一笔事实')
})

it('why says that nobody is seen to leave where P(alive) is null', async () => {
  const loyal = folder.path('loyal.db')
  const rows = Array.from({ length: 160 }, (_, i) =>
    Array.from({ length: 8 }, (_, k) => `K${i},${iso((i % 9) + k * (9 + (i % 13)))},order,${50 + i}`),
  ).flat()
  const file = folder.write('loyal.csv', `customer,at,kind,amount\n${rows.join('\n')}\n`)
  expect((await runCli(['--db', loyal, 'import', file, '--as', 'events'])).code).toBe(0)
  const why = ['--db', loyal, 'why', 'K7', '--as-of', AS_OF]
  expect(JSON.parse((await runCli([...why, '--json'])).stdout)).toMatchObject({
    pAlive: null,
    pNoOrder: expect.any(Number),
  })
  expect((await runCli(why)).stdout).toMatch(/没有存活概率；观察期内不下单的概率 \d+\.\d %/)
})

/** Kills a real scoring process again and again; a seeded generator picks the moments. */
describe('kill -9 while scoring', () => {
  const KILLS = 14

  it('the run goes on and ends like an undisturbed one: nothing lost, nothing doubled', async () => {
    const [calm, killed] = [folder.path('calm.db'), folder.path('killed.db')]
    const file = folder.write('log.csv', log(6000))
    for (const target of [calm, killed]) {
      const { code } = await runCli(['--db', target, 'import', file, '--as', 'events'])
      expect(code).toBe(0)
    }
    const score = (target: string) => ['--db', target, '--json', 'score', '--as-of', AS_OF]
    const started = performance.now()
    expect((await runCli(score(calm))).code).toBe(0)
    let whole = performance.now() - started

    let seed = 20_261_122
    let interrupted = 0
    // A run that was done before its kill counts as none: the next one scores everybody again.
    while (interrupted < KILLS) {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
      const { child, ended } = startCli(score(killed))
      const timer = setTimeout(() => child.kill('SIGKILL'), (0.3 + (0.7 * seed) / 2 ** 32) * whole)
      const { code } = await ended
      clearTimeout(timer)
      if (code === null) interrupted++
      // The machine has become faster: aim earlier, or the run is over before every kill.
      else whole *= 0.8
    }
    expect((await runCli(score(killed))).code).toBe(0)

    const dump = async (target: string) => (await runCli(['--db', target, 'export', 'scores'])).stdout
    expect(await dump(killed)).toBe(await dump(calm))
    expect((await dump(killed)).trimEnd().split('\n')).toHaveLength(6001)
  })
})
