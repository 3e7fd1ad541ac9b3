import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { calendarFor } from '../../../src/calendar.ts'
import { movableClock, systemClock } from '../../../src/clock.ts'
import type { Ctx } from '../../../src/context.ts'
import { setState } from '../../../src/store/state.ts'
import type { Entity } from '../../../src/sync/connector.ts'
import { DEMO_SOURCE, DEMO_START } from '../../../src/sync/demo/index.ts'
import { importFile } from '../../../src/sync/import-file.ts'
import { sqliteCtx } from '../test-ctx.ts'

export interface Rep {
  /** Also the account on the chat platform. */
  readonly key: string
  readonly name: string
}

export const REPS: readonly Rep[] = Array.from({ length: 300 }, (_, n) => {
  const number = String(n + 1).padStart(3, '0')
  return { key: `rep-${number}`, name: `销售${number}` }
})

const BUSY_REPS = 5
const BUSY_CUSTOMERS = 60

/** The house on one SQLite file, as somebody beside the running service sees it. */
export interface House {
  readonly database: string
  /** Runs with a database handle of its own, at the time of the house. */
  open<T>(work: (ctx: Ctx) => Promise<T>): Promise<T>
  /** While no service runs: it is this time when the next one starts. `day`: 0 is the demo's first Monday. */
  setTime(day: number, time: string): Promise<void>
}

export function newHouse(): House {
  const database = join(mkdtempSync(join(tmpdir(), 'liuke-day-')), 'liuke.db')
  let offset = 0

  async function open<T>(work: (ctx: Ctx) => Promise<T>): Promise<T> {
    const ctx = await sqliteCtx({ file: database })
    try {
      return await work({ ...ctx, clock: movableClock(offset) })
    } finally {
      await ctx.close()
    }
  }

  return {
    database,
    open,
    async setTime(day, time) {
      const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number)
      await open(async (ctx) => {
        const at = calendarFor(ctx.settings).instant(DEMO_START + day, hours * 60 + minutes) + seconds * 1000
        offset = at - systemClock.now()
        await setState(ctx, 'demo.clock-offset', String(offset))
      })
    },
  }
}

/** Three hundred reps join, and the demo company's customers are dealt out to them. */
export async function addReps(house: House, platform: 'wecom' | 'dingtalk'): Promise<void> {
  const members = REPS.map(({ key, name }) => ({ key, name, role: 'rep', [platform]: key }))
  await importRows(house, 'members', members)
  const customers = await house.open((ctx) =>
    ctx.db.selectFrom('customers').select(['source_key', 'name']).orderBy('id').execute(),
  )
  // A few have many customers, more of them at risk than a day's budget.
  const ownerOf = (n: number) => (n < BUSY_REPS * BUSY_CUSTOMERS ? n % BUSY_REPS : n % REPS.length)
  const owned = customers.map(({ source_key, name }, n) => ({
    key: source_key,
    name,
    owner: REPS[ownerOf(n)]?.key ?? '',
  }))
  await importRows(house, 'customers', owned)
}

/** Complaints that customers made just now, as the service desk's file brings them. */
export function addComplaints(house: House, customers: readonly string[], at: string): Promise<void> {
  const rows = customers.map((customer, n) => ({
    key: `desk-${at}-${n}`,
    customer,
    at,
    kind: 'complaint',
    text: '连续两批到货破损，要求尽快处理',
  }))
  return importRows(house, 'events', rows)
}

async function importRows(
  house: House,
  as: Entity,
  rows: readonly Readonly<Record<string, string>>[],
): Promise<void> {
  const file = join(mkdtempSync(join(tmpdir(), 'liuke-rows-')), `${as}.csv`)
  const columns = Object.keys(rows[0] ?? {})
  const lines = rows.map((row) => columns.map((column) => row[column]).join(','))
  writeFileSync(file, [columns.join(','), ...lines].join('\n'))
  const { rejected } = await house.open((ctx) => importFile(ctx, { file, as, source: DEMO_SOURCE }))
  if (rejected > 0) throw new Error(`${rejected} rows of ${as} were rejected`)
}
