import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Ctx } from '../context.ts'
import type {
  CustomerFacts,
  EventFact,
  NoteFact,
  ScoredCustomer,
  SurveyFact,
} from '../model/customer-facts.ts'
import { SPOKEN_KINDS } from '../model/customer-facts.ts'
import type { Day } from '../model/day.ts'
import type { EventKind } from '../model/event.ts'

export interface FactPage {
  readonly customers: readonly { readonly customer: ScoredCustomer; readonly facts: CustomerFacts }[]
  /** The last customer id looked at, or null when there were none left. */
  readonly last: number | null
}

/** Customers in (after, upTo], at most `limit`. */
export interface PageOf {
  readonly asOf: Day
  readonly after: number
  readonly limit: number
}

/**
 * The next customers by id with everything known about them up to and including as-of. Four range reads a
 * page, whatever the number of customers; memory holds one page. Customers not known yet at as-of are left
 * out: their first dated fact, or the day they are known since, is later.
 */
export async function factPage(ctx: Ctx, { asOf, after, limit }: PageOf): Promise<FactPage> {
  const rows = await ctx.db
    .selectFrom('customers')
    .select(['id', 'segment', 'since_on', 'renewal_on'])
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
  const last = rows.at(-1)?.id ?? null
  if (last === null) return { customers: [], last }
  const range = { asOf, after, last }
  return { customers: await knownOnly(ctx, await withFacts(ctx, rows, range), range), last }
}

/** These customers with their facts up to as-of, by rising id; at most some hundred at once. */
export async function factsOf(ctx: Ctx, ids: readonly number[], asOf: Day): Promise<FactPage['customers']> {
  if (ids.length === 0) return []
  const rows = await ctx.db
    .selectFrom('customers')
    .select(['id', 'segment', 'since_on', 'renewal_on'])
    .where('id', 'in', ids)
    .orderBy('id')
    .execute()
  return await withFacts(ctx, rows, { asOf, ids })
}

/** One customer with its facts up to as-of, or null when there is no such customer. */
export async function factsOfCustomer(
  ctx: Ctx,
  customerId: number,
  asOf: Day,
): Promise<{ customer: ScoredCustomer; facts: CustomerFacts } | null> {
  return (await factsOf(ctx, [customerId], asOf))[0] ?? null
}

/** Customers between two ids, or these. */
type Who = { readonly after: number; readonly last: number } | { readonly ids: readonly number[] }
type Range = Who & { readonly asOf: Day }

function isAmong(who: Who): RawBuilder<SqlBool> {
  if ('ids' in who) return sql`customer_id in (${sql.join(who.ids)})`
  return sql`customer_id > ${who.after} and customer_id <= ${who.last}`
}

/** Rows of a page sorted by customer; `take` walks along them once. */
interface Walk<T> {
  readonly rows: readonly (T & { readonly customer_id: number })[]
  next: number
}

const NONE: readonly never[] = []

function take<T>(walk: Walk<T>, customerId: number): readonly T[] {
  const { rows, next: from } = walk
  let to = from
  while (rows[to]?.customer_id === customerId) to++
  walk.next = to
  return from === to ? NONE : rows.slice(from, to)
}

async function eventsIn({ db }: Ctx, range: Range): Promise<Walk<EventFact>> {
  const rows = await db
    .selectFrom('events')
    .select((eb) => [
      'customer_id',
      'id',
      eb.ref('kind').$castTo<EventKind>().as('kind'),
      'at',
      'day',
      'amount',
      // Who changed, or was removed, stands in `note`; elsewhere text and note both are words.
      sql<string | null>`case when kind in ('contact-change', 'contact-deleted', 'contact-added')
        then coalesce(note, text)
        when kind in (${sql.join(SPOKEN_KINDS)})
        then nullif(trim(coalesce(text, '') || ' ' || coalesce(note, '')), '') end`.as('text'),
    ])
    .where(isAmong(range))
    .where('day', '<=', range.asOf)
    .orderBy('customer_id')
    .orderBy('day')
    .execute()
  return { rows, next: 0 }
}

async function surveysIn({ db }: Ctx, range: Range): Promise<Walk<SurveyFact>> {
  const rows = await db
    .selectFrom('surveys')
    .select(['customer_id', 'id', 'at', 'day', 'kind', 'score', 'contact', 'text'])
    .where(isAmong(range))
    .where('day', '<=', range.asOf)
    .orderBy('customer_id')
    .orderBy('day')
    .execute()
  return { rows, next: 0 }
}

async function notesIn({ db }: Ctx, range: Range): Promise<Walk<NoteFact>> {
  const rows = await db
    .selectFrom('follow_ups')
    .select(['customer_id', 'id', 'at', 'day', 'note as text'])
    .where(isAmong(range))
    .where('day', '<=', range.asOf)
    .where('undone_at', 'is', null)
    .orderBy('customer_id')
    .orderBy('day')
    .execute()
  return { rows, next: 0 }
}

type Read = FactPage['customers'][number]

interface CustomerRow {
  readonly id: number
  readonly segment: string
  readonly since_on: Day | null
  readonly renewal_on: Day | null
}

async function withFacts(ctx: Ctx, rows: readonly CustomerRow[], range: Range): Promise<Read[]> {
  const events = await eventsIn(ctx, range)
  const surveys = await surveysIn(ctx, range)
  const notes = await notesIn(ctx, range)
  return rows.map(({ id, segment, since_on: since, renewal_on: renewalOn }) => ({
    customer: { id, segment, since, renewalOn },
    facts: { events: take(events, id), surveys: take(surveys, id), notes: take(notes, id) },
  }))
}

/**
 * A customer of a plain list, without a date and without any fact, is known (and has too little data); one
 * whose facts all lie after as-of was not there yet.
 */
async function knownOnly(ctx: Ctx, read: readonly Read[], range: Range): Promise<readonly Read[]> {
  const silent = ({ customer, facts }: Read): boolean =>
    facts.events.length === 0 &&
    facts.surveys.length === 0 &&
    (customer.since === null || customer.since > range.asOf)
  if (!read.some(silent)) return read
  const later = await ctx.db
    .selectFrom('events')
    .select('customer_id')
    .distinct()
    .where(isAmong(range))
    .where('day', '>', range.asOf)
    .execute()
  const lateComers = new Set(later.map((row) => row.customer_id))
  return read.filter(
    (one) => !silent(one) || (one.customer.since === null && !lateComers.has(one.customer.id)),
  )
}
