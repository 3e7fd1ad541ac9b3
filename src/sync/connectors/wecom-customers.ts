import { calendarFor } from '../../calendar.ts'
import type { Ctx } from '../../context.ts'
import type { ExternalContact } from '../../model/address-book.ts'
import { isoFromDay } from '../../model/day.ts'
import { linkCustomers, type Named } from '../../store/customer-links.ts'
import { memberKeysOf } from '../../store/directory.ts'
import type { Connector, SourceRow } from '../connector.ts'

export const WECOM_CUSTOMERS = 'wecom-customers'

/**
 * WeChat customers as a source. One whose company (or remark) is the name of a customer that another source has is
 * linked to it; the others are customers of their own. Of several members who know a customer the first one owns it.
 */
export function wecomCustomers(
  ctx: Ctx,
  read: (signal: AbortSignal) => AsyncIterable<readonly ExternalContact[]>,
): Connector {
  return {
    name: WECOM_CUSTOMERS,
    async *pull(_cursor, signal) {
      const first = new Map<string, ExternalContact>()
      for await (const page of read(signal)) {
        for (const one of page) {
          const other = first.get(one.customer)
          if (!other || one.since < other.since) first.set(one.customer, one)
        }
      }
      const all = [...first.values()]
      for (let at = 0; at < all.length; at += PAGE) {
        const page = all.slice(at, at + PAGE)
        const linked = await linkCustomers(ctx, WECOM_CUSTOMERS, page.map(asNamed))
        const own = page.filter(({ customer }) => !linked.has(customer))
        const owners = await memberKeysOf(
          ctx,
          'wecom',
          own.map(({ user }) => user),
        )
        yield {
          rows: own.map((one, row) => asRow(ctx, one, at + row + 1, owners)),
          next: String(ctx.clock.now()),
        }
      }
    },
  }
}

const PAGE = 500

function asNamed({ customer, company, remark }: ExternalContact): Named {
  return { key: customer, names: [company, remark].filter((name) => name !== '') }
}

function asRow(ctx: Ctx, one: ExternalContact, line: number, owners: ReadonlyMap<string, string>): SourceRow {
  const owner = owners.get(one.user)
  const [phone] = one.phones
  return {
    entity: 'customers',
    line,
    values: {
      key: one.customer,
      name: one.company || one.remark || one.name || one.customer,
      tags: one.tags.join('、'),
      ...(owner !== undefined && { owner }),
      ...(phone !== undefined && { phone }),
      ...(one.since > 0 && { since: isoFromDay(calendarFor(ctx.settings).dayOf(one.since)) }),
    },
  }
}
