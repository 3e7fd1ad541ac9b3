import { beforeAll, describe, expect, it } from 'vitest'
import { isoFromDay } from '../../src/model/day.ts'
import { seededRandom } from '../../src/model/seeded-random.ts'
import { inventedOrders } from '../support/invented-orders.ts'
import { runCli } from '../support/spawn-cli.ts'
import { tempFolder } from '../support/temp-files.ts'

const folder = tempFolder()

/** Day 0 of the invented company; all of it lies before today. */
const START = 20_000
const AS_OF = 420
const HORIZON = 60
const CUSTOMERS = 120
const KINDS = ['login', 'complaint', 'consult', 'browse', 'ticket', 'payment', 'refund', 'cancel', 'renewal']

const iso = (day: number): string => isoFromDay(START + day)
const random = seededRandom(4)

/** `customer,at,kind,amount,key` of orders and of everything else that people do. */
const ROWS = [
  ...inventedOrders({ customers: CUSTOMERS, lastDay: AS_OF + HORIZON }).map(({ customer, day, amount }) => ({
    customer,
    day,
    kind: 'order',
    amount: String(amount),
  })),
  ...Array.from({ length: 900 }, (_, i) => ({
    customer: i % CUSTOMERS,
    day: Math.floor(random() * (AS_OF + 1)),
    kind: ['login', 'complaint', 'consult'][i % 3] ?? 'login',
    amount: '',
  })),
]

/** Rows of every kind after the last day that an answer may know, of old and of new customers. */
function later(from: number): typeof ROWS {
  return Array.from({ length: 1500 }, (_, i) => ({
    customer: i % (CUSTOMERS + 40),
    day: from + 1 + (i % 70),
    kind: i % 3 === 0 ? 'order' : (KINDS[i % KINDS.length] ?? 'login'),
    amount: i % 3 === 0 ? '99999' : '',
  }))
}

async function load(db: string, name: string, rows: typeof ROWS): Promise<void> {
  const lines = rows.map(
    (row, i) => `C${row.customer},${iso(row.day)},${row.kind},${row.amount},${name}-${i}`,
  )
  const file = folder.write(`${name}.csv`, `customer,at,kind,amount,key\n${lines.join('\n')}\n`)
  const { code, stderr } = await runCli(['import', file, '--as', 'events', '--db', db])
  expect([code, stderr]).toEqual([0, ''])
}

/** The answer without what may differ: time, memory and numbers of runs. */
async function answer(db: string, ...args: string[]): Promise<unknown> {
  const { code, stdout } = await runCli([...args, '--db', db, '--json'])
  expect(code).toBe(0)
  const dropped = new Set(['seconds', 'loadSeconds', 'peakRssMb', 'run'])
  return JSON.parse(stdout, (name, value) => (dropped.has(name) ? undefined : value))
}

describe('facts after the day change no bit of any answer', () => {
  const [known, injected] = [folder.path('known.db'), folder.path('injected.db')]

  /** Asks both databases and compares. */
  async function same(...args: string[]): Promise<unknown> {
    const [first, second] = [await answer(known, ...args), await answer(injected, ...args)]
    expect(second).toEqual(first)
    return first
  }

  beforeAll(async () => {
    await load(
      known,
      'known',
      ROWS.filter(({ day }) => day <= AS_OF),
    )
    await load(
      injected,
      'known',
      ROWS.filter(({ day }) => day <= AS_OF),
    )
    await load(injected, 'later', later(AS_OF))
  })

  it('fit', async () => {
    for (const model of ['bg-nbd', 'mbg-nbd', 'pareto-nbd', 'gamma-gamma'])
      expect(await same('fit', '--model', model, '--as-of', iso(AS_OF))).toMatchObject({ asOf: iso(AS_OF) })
  })

  it('score and why', async () => {
    expect(await same('score', '--as-of', iso(AS_OF))).toMatchObject({ asOf: iso(AS_OF) })
    for (const customer of ['C0', 'C7', 'C51', 'C119']) await same('why', customer, '--as-of', iso(AS_OF))
  })

  it('preview', async () => {
    await same('preview', '--as-of', iso(AS_OF), '--set', 'scoring.bands.watch=0.2')
  })

  it('backtest, whose answers end with the horizon', async () => {
    const db = folder.path('answers.db')
    await load(
      known,
      'answers',
      ROWS.filter(({ day }) => day > AS_OF),
    )
    await load(db, 'all', ROWS)
    await load(db, 'after', later(AS_OF + HORIZON))
    const options = ['backtest', '--horizon', String(HORIZON), '--test-as-of', iso(AS_OF)]
    const judged = await answer(known, ...options)
    expect(judged).toMatchObject({ insufficient: null, test: { asOf: iso(AS_OF) } })
    expect(await answer(db, ...options)).toEqual(judged)
  })
})
