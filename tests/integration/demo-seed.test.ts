import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Day } from '../../src/model/day.ts'
import { teamOfChat, teams } from '../../src/store/chats.ts'
import { addressesOf, memberByIdentity } from '../../src/store/members.ts'
import { ENTITIES } from '../../src/sync/connector.ts'
import {
  DEMO_SOURCE,
  DEMO_START,
  demoConnector,
  exportDemo,
  seedDemoChats,
} from '../../src/sync/demo/index.ts'
import { importFile } from '../../src/sync/import-file.ts'
import { runSync } from '../../src/sync/run-sync.ts'
import { describeEachDatabase, MONDAY_9AM, sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

/** Some two per rep and fate: enough of every story, quick to load. */
const SMALL = { customers: 120, seed: 5 }
const MS_PER_DAY = 86_400_000

const opened: { close(): Promise<void> }[] = []
const folders: string[] = []

async function emptyCtx() {
  const ctx = await sqliteCtx()
  opened.push(ctx)
  return ctx
}

afterEach(async () => {
  for (const ctx of opened.splice(0)) await ctx.close()
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

async function seed(ctx: TestCtx, today: Day, size = SMALL) {
  ctx.clock.advanceTo(MONDAY_9AM + (today - DEMO_START) * MS_PER_DAY)
  return runSync(ctx, demoConnector({ ...size, today: () => today }))
}

/** Everything that was loaded, without the numbers a database gives. */
async function contents({ db }: TestCtx) {
  const members = await db
    .selectFrom('members')
    .select(['source_key', 'name', 'role'])
    .orderBy('source_key')
    .execute()
  const customers = await db
    .selectFrom('customers')
    .leftJoin('members', 'members.id', 'customers.owner_id')
    .select([
      'customers.source_key',
      'customers.name',
      'short_name',
      'members.name as owner',
      'segment',
      'since_on',
      'renewal_on',
    ])
    .orderBy('customers.source_key')
    .execute()
  const contacts = await db
    .selectFrom('contacts')
    .select(['source_key', 'name', 'role', 'title', 'phone', 'from_on', 'left_on'])
    .orderBy('source_key')
    .execute()
  const facts = await db
    .selectFrom('events')
    .innerJoin('customers', 'customers.id', 'events.customer_id')
    .select(['events.source', 'events.source_key', 'customers.source_key as customer', 'kind', 'at', 'day'])
    .select(['amount', 'quantity', 'channel', 'text', 'note'])
    .orderBy('events.source_key')
    .execute()
  const events = facts.filter((fact) => fact.source === DEMO_SOURCE)
  // Their note tells what the load saw: who came after whom is known only to a load that saw both.
  const contactChanges = facts
    .filter((fact) => fact.kind === 'contact-change')
    .map(({ customer, day }) => `${customer} ${day}`)
    .sort()
  const surveys = await db
    .selectFrom('surveys')
    .select(['source_key', 'contact', 'kind', 'at', 'score', 'text'])
    .orderBy('source_key')
    .execute()
  return { members, customers, contacts, events, contactChanges, surveys }
}

describe('the demo company in the database', () => {
  it('loads whole, with no row rejected', async () => {
    const ctx = await emptyCtx()
    const reports = await runSync(
      ctx,
      demoConnector({ customers: 600, seed: 20_261_123, today: () => DEMO_START }),
    )
    for (const entity of ENTITIES) {
      const { read, added, changed } = reports[entity]
      expect(reports[entity], entity).toMatchObject({ rejected: 0, unchanged: 0 })
      expect(added + changed, entity).toBe(read)
    }
    expect(reports.events.added).toBeGreaterThan(40_000)
    const moves = await ctx.db
      .selectFrom('events')
      .select('note')
      .where('kind', '=', 'contact-change')
      .execute()
    expect(moves.length).toBeGreaterThan(50)
    for (const { note } of moves) expect(note).toMatch(/^.+→.+$/)
  })

  it('is the same whether it is loaded at once or lived through week by week', async () => {
    const [atOnce, lived] = [await emptyCtx(), await emptyCtx()]
    const last = DEMO_START + 56
    for (let today = DEMO_START; today <= last; today += 7) await seed(lived, today)
    await seed(atOnce, last)
    expect(await contents(lived)).toEqual(await contents(atOnce))
  })

  it('pulls nothing new on the same day', async () => {
    const ctx = await emptyCtx()
    await seed(ctx, DEMO_START)
    const again = await seed(ctx, DEMO_START)
    expect(again.events).toMatchObject({ read: 0, added: 0, changed: 0 })
  })

  it('comes out as files that import reads, with the same result', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'liuke-demo-'))
    folders.push(folder)
    const [direct, byFiles] = [await emptyCtx(), await emptyCtx()]
    await seed(direct, DEMO_START)
    for (const { file, entity, rows } of await exportDemo({ ...SMALL, today: () => DEMO_START }, folder)) {
      const report = await importFile(byFiles, { file, as: entity, source: DEMO_SOURCE })
      expect(report, entity).toMatchObject({ read: rows, added: rows, rejected: 0 })
    }
    expect(await contents(byFiles)).toEqual(await contents(direct))
  })
})

describeEachDatabase('the demo company’s people and groups', (ctx) => {
  it('everybody can be reached on the playground, and every team has its group', async () => {
    await seed(ctx(), DEMO_START, { customers: 20, seed: 5 })
    await seedDemoChats(ctx())
    await seedDemoChats(ctx())
    const lead = await memberByIdentity(ctx(), 'playground', 'fangmin')
    expect(lead).toMatchObject({ name: '方敏', role: 'lead', teamName: '华东', active: true })
    expect(await addressesOf(ctx(), lead?.id ?? 0)).toEqual([
      { platform: 'playground', kind: 'dm', id: 'fangmin' },
    ])
    expect(await memberByIdentity(ctx(), 'playground', 'admin')).toMatchObject({ role: 'admin' })
    const east = (await teams(ctx())).find((team) => team.name === '华东')
    expect(await teamOfChat(ctx(), 'playground', 'team-east')).toBe(east?.id)
    const groups = await ctx().db.selectFrom('chats').select('title').orderBy('chat').execute()
    expect(groups.map((group) => group.title)).toEqual(['华东销售群', '华北销售群', '华南销售群'])
  })
})
