import { expect, it } from 'vitest'
import { bulkInsert } from '../../src/db/bulk.ts'
import { companyPast } from '../../src/scoring/company-past.ts'
import { addEvent } from '../support/people.ts'
import { sqliteCtx } from '../support/test-ctx.ts'

const DAY = 20_000
/** More than are learned from where there are facts beside orders, fewer than where there are none. */
const BUYERS = 12_500

it('does not learn from fewer customers because of facts that came later', async () => {
  const ctx = await sqliteCtx()
  const ids = Array.from({ length: BUYERS }, (_, i) => i + 1)
  const keys = ids.map(String)
  const same = { source: 'test', segment: 'default' }
  await bulkInsert(ctx.db, 'customers', { ...same, id: ids, source_key: keys, name: keys }, BUYERS, '')
  const order = { source: 'test', kind: 'order', at: DAY * 86_400_000, day: DAY }
  await bulkInsert(ctx.db, 'events', { ...order, source_key: keys, customer_id: ids }, BUYERS, '')
  await addEvent(ctx, { customer_id: 1, kind: 'login', day: DAY + 9, at: (DAY + 9) * 86_400_000 })
  const known = async (upTo: number) => (await companyPast(ctx, { upTo }))?.ids.length
  expect(await known(DAY + 8)).toBe(BUYERS)
  expect(await known(DAY + 9)).toBeLessThan(BUYERS)
  await ctx.close()
})
