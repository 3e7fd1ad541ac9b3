import { calendarFor } from '../../calendar.ts'
import type { Ctx } from '../../context.ts'
import type { ContactsPage, UnreadMember } from '../../model/address-book.ts'
import { isoFromDay } from '../../model/day.ts'
import { linkCustomers, type Named } from '../../store/customer-links.ts'
import { membersBehind } from '../../store/directory.ts'
import {
  addedSince,
  type ListedCustomer,
  listedCustomers,
  loseUnlisted,
  saveRelations,
} from '../../store/wecom-relations.ts'
import { textFor } from '../../text/index.ts'
import type { Connector, SourcePage, SourceRow } from '../connector.ts'
import { joinWaitingEvents, recordCustomerChange, WECOM_CUSTOMERS } from '../customer-change.ts'

export interface CustomersOptions {
  /** Contacts of the members whose id comes after `after`, in the order of ids. */
  readonly read: (after: string, signal: AbortSignal) => AsyncIterable<ContactsPage>
  /** Hears once, at the end, of the members whose contacts could not be read. */
  readonly unread?: (members: readonly UnreadMember[]) => Promise<void>
}

/**
 * WeChat customers as a source. One whose company (or remark) is the name of a customer that another source has is
 * linked to it; the others are customers of their own. Of several members who know a customer the first one owns it.
 * What was read is kept as it comes, so that memory holds one page, and an interrupted reading goes on behind the last
 * member that was read.
 */
export function wecomCustomers(ctx: Ctx, options: CustomersOptions): Connector {
  return {
    name: WECOM_CUSTOMERS,
    async *pull(cursor, signal) {
      yield* readAll(ctx, options, cursor, signal)
      yield* customersFound(ctx, signal)
      await joinWaitingEvents(ctx)
    },
  }
}

const PAGE = 500
/** A reading that was interrupted longer ago begins anew: its first part is old news. */
const RESUME_MS = 24 * 3_600_000

interface Reading {
  readonly since: number
  readonly after: string
}

async function* readAll(
  ctx: Ctx,
  { read, unread }: CustomersOptions,
  cursor: string | null,
  signal: AbortSignal,
): AsyncGenerator<SourcePage> {
  const { since, after } = readingOf(cursor, ctx.clock.now())
  const missed: UnreadMember[] = []
  for await (const { contacts, done } of read(after, signal)) {
    await saveRelations(ctx, contacts, Math.max(since, ctx.clock.now()))
    for (const { customer, user, at } of await addedSince(
      ctx,
      contacts.map((one) => one.customer),
    )) {
      const id = `add_external_contact:${user}:${customer}:${at}`
      await recordCustomerChange(ctx, { id, at, kind: 'added', user, customer })
    }
    if (!done) continue
    await loseUnlisted(ctx, done.read, since)
    missed.push(...done.unread)
    const last = [...done.read, ...done.unread.map((one) => one.user)].toSorted().at(-1)
    if (last !== undefined) yield { rows: [], next: `${since} ${last}` }
  }
  if (missed.length > 0) await unread?.(missed)
  yield { rows: [], next: '' }
}

function readingOf(cursor: string | null, now: number): Reading {
  const [, since, after] = /^(\d+) (.+)$/.exec(cursor ?? '') ?? []
  if (since === undefined || after === undefined || now - Number(since) > RESUME_MS)
    return { since: now, after: '' }
  return { since: Number(since), after }
}

async function* customersFound(ctx: Ctx, signal: AbortSignal): AsyncGenerator<SourcePage> {
  let line = 1
  for (let after = ''; ; ) {
    signal.throwIfAborted()
    const page = await listedCustomers(ctx, after, PAGE)
    const last = page.at(-1)
    if (!last) return
    const linked = await linkCustomers(ctx, WECOM_CUSTOMERS, page.map(asNamed))
    const own = page.filter(([{ customer }]) => !linked.has(customer))
    const owners = await membersBehind(
      ctx,
      'wecom',
      own.map(([{ user }]) => user),
    )
    yield { rows: own.map((one) => asRow(ctx, one, line++, owners)), next: '' }
    after = last[0].customer
  }
}

function asNamed(contacts: ListedCustomer): Named {
  const names = contacts.flatMap(({ company, remark }) => [company, remark])
  return { key: contacts[0].customer, names: [...new Set(names)].filter((name) => name !== '') }
}

/** Tags of all who know the customer together, and the way in which the first one found it. */
function asRow(
  ctx: Ctx,
  contacts: ListedCustomer,
  line: number,
  owners: ReadonlyMap<string, { readonly key: string }>,
): SourceRow {
  const [first] = contacts
  const owner = owners.get(first.user)?.key
  const company = contacts.find((one) => one.company !== '')?.company ?? ''
  const phone = contacts.flatMap((one) => one.phones)[0]
  const way = textFor(ctx.settings.locale).wecomContact.way(first.addWay)
  const tags = new Set([...contacts.flatMap((one) => one.tags), ...(way === '' ? [] : [way])])
  return {
    entity: 'customers',
    line,
    values: {
      key: first.customer,
      name: company || first.remark || first.name || first.customer,
      shortName: company === '' ? '' : first.remark,
      tags: [...tags].join('、'),
      ...(owner !== undefined && { owner }),
      ...(phone !== undefined && { phone }),
      ...(first.since > 0 && { since: isoFromDay(calendarFor(ctx.settings).dayOf(first.since)) }),
    },
  }
}
