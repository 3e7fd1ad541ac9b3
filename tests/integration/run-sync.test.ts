import { expect, it } from 'vitest'
import type { Connector, SourceRow } from '../../src/sync/connector.ts'
import { runSync } from '../../src/sync/run-sync.ts'
import { describeEachDatabase } from '../support/test-ctx.ts'

function order(line: number, customer: string, amount: string): SourceRow {
  const values = { customer, at: '2026-11-20', kind: 'order', amount, key: `o${line}` }
  return { entity: 'events', line, values }
}

/** Pages of rows; the cursor is the number of the last page. Breaks before page `broken`. */
function paged(pages: readonly (readonly SourceRow[])[], broken = Number.POSITIVE_INFINITY): Connector {
  return {
    name: 'paged',
    async *pull(cursor) {
      for (let page = Number(cursor ?? 0); page < pages.length; page++) {
        if (page >= broken) throw new Error('the line went dead')
        yield { rows: pages[page] ?? [], next: String(page + 1) }
      }
    },
  }
}

describeEachDatabase('sync', (ctx) => {
  it('goes on after the last whole page when the source broke off', async () => {
    const pages = [[order(1, 'a', '10')], [order(2, 'a', '20'), order(3, 'b', 'x')], [order(4, 'b', '40')]]
    await expect(runSync(ctx(), paged(pages, 1))).rejects.toThrow('dead')
    const { events } = await runSync(ctx(), paged(pages))
    expect(events).toMatchObject({ read: 3, added: 2, rejected: 1, rejects: [{ line: 3, field: 'amount' }] })
    const nothing = await runSync(ctx(), paged(pages))
    expect(nothing.events).toMatchObject({ read: 0, added: 0 })
  })

  it('takes a later row with the same key as news', async () => {
    const connector: Connector = {
      name: 'news',
      async *pull() {
        yield { rows: [order(9, 'n', '1'), order(9, 'n', '2')], next: '1' }
        yield { rows: [order(9, 'n', '3')], next: '2' }
      },
    }
    const { events } = await runSync(ctx(), connector)
    expect(events).toMatchObject({ read: 3, added: 1, changed: 1, unchanged: 1, rejected: 0 })
    const stored = await ctx().db.selectFrom('events').select('amount').where('source', '=', 'news').execute()
    expect(stored.map((row) => Number(row.amount))).toEqual([300])
  })

  it('loads entities of one page in an order that fits their references', async () => {
    const rows: SourceRow[] = [
      order(1, 'k', '5'),
      { entity: 'customers', line: 2, values: { key: 'k', name: 'Kilo', owner: 'm' } },
      { entity: 'members', line: 3, values: { key: 'm', name: 'Mei' } },
    ]
    const connector: Connector = {
      name: 'mixed',
      async *pull() {
        yield { rows, next: 'end' }
      },
    }
    const reports = await runSync(ctx(), connector)
    expect(reports).toMatchObject({
      members: { added: 1 },
      customers: { added: 1, rejected: 0 },
      events: { added: 1 },
    })
  })
})
