import { calendarFor } from '../../calendar.ts'
import type { Ctx } from '../../context.ts'
import type { CrmCustomer, CrmPage } from '../../model/address-book.ts'
import { isoFromDay } from '../../model/day.ts'
import { linkCustomers } from '../../store/customer-links.ts'
import { membersBehind } from '../../store/directory.ts'
import type { Connector, SourceRow } from '../connector.ts'

const DINGTALK_CUSTOMERS = 'dingtalk-customers'

/**
 * Customers of DingTalk's CRM as a source, all of them once a day: its calls are counted. The cursor is the day, with
 * the place where a run was interrupted. One whose name only one customer of another source has is that customer; who
 * has no name is refused, because nobody could act on it.
 */
export function crmCustomers(ctx: Ctx, read: (cursor: string | null) => Promise<CrmPage>): Connector {
  return {
    name: DINGTALK_CUSTOMERS,
    async *pull(cursor, signal) {
      const today = isoFromDay(calendarFor(ctx.settings).dayOf(ctx.clock.now()))
      if (cursor === today) return
      let place = cursor?.startsWith(`${today} `) ? cursor.slice(today.length + 1) : null
      for (let line = 1; ; ) {
        signal.throwIfAborted()
        const { customers, next } = await read(place)
        yield {
          rows: await rowsOf(ctx, customers, line),
          next: next === null ? today : `${today} ${next}`,
        }
        if (next === null) return
        line += customers.length
        place = next
      }
    },
  }
}

async function rowsOf(ctx: Ctx, customers: readonly CrmCustomer[], line: number): Promise<SourceRow[]> {
  const named = customers.filter(({ name }) => name !== '')
  const linked = await linkCustomers(
    ctx,
    DINGTALK_CUSTOMERS,
    named.map(({ customer, name }) => ({ key: customer, names: [name] })),
  )
  const owners = await membersBehind(
    ctx,
    'dingtalk',
    customers.flatMap((one) => one.owners),
  )
  return customers.flatMap((one, at): SourceRow[] => {
    if (linked.has(one.customer)) return []
    const { phone, since } = one
    const owner = ownerOf(one, owners)
    return [
      {
        entity: 'customers',
        line: line + at,
        values: {
          // Refused without a name; the record is found by what is kept of it.
          ...(one.name === '' ? { key: '', tags: one.customer } : { key: one.customer }),
          name: one.name,
          ...(owner !== null && { owner }),
          ...(phone !== '' && { phone }),
          ...(since !== null && { since }),
        },
      },
    ]
  })
}

/** The first owner whom Liuke knows; nobody owns what is in the public pool; null: left as it is. */
function ownerOf(
  { owners }: CrmCustomer,
  known: ReadonlyMap<string, { readonly key: string }>,
): string | null {
  if (owners.length === 0) return ''
  return owners.flatMap((user) => known.get(user)?.key ?? [])[0] ?? null
}
