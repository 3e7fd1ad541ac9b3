import { type Scope, UNSCOPED } from '../access.ts'
import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import { customersIn } from './scoped.ts'

/** The days on which a customer bought, renewed or gave notice, ascending and without repetition. */
export interface CustomerHistory {
  readonly segment: string
  readonly orderDays: Day[]
  readonly renewalDays: Day[]
  readonly cancelDays: Day[]
  readonly renewalOn: Day | null
  readonly since: Day | null
  /** Days on which a case of the customer was closed as a false alarm. */
  readonly excusedDays: readonly Day[]
}

/** Customer ids of a page: some thousand, so that chat gets its turn in between. */
const PAGE = 4_000

/** Customers with ids in (after, last], inside a scope and perhaps a team. */
interface Page {
  readonly scope: Scope
  readonly teamId: number | null
  readonly after: number
  readonly last: number
}

/**
 * Histories of the customers in scope (and of one team, if given) up to and including `to`, in pages. Memory
 * stays flat; each page is two indexed reads.
 */
export async function* customerHistories(
  ctx: Ctx,
  scope: Scope,
  { teamId, to }: { teamId: number | null; to: Day },
): AsyncGenerator<CustomerHistory[]> {
  const excused = await excusedDays(ctx, scope)
  for (let after = 0; ; ) {
    const last = await lastOfPage(ctx, scope, after)
    if (last === null) return
    const page = { scope, teamId, after, last }
    const histories = new Map<number, CustomerHistory>()
    for (const row of await customersOf(ctx, page)) {
      const id = Number(row.id)
      histories.set(id, { ...emptyHistory(row), excusedDays: excused.get(id) ?? [] })
    }
    for (const row of histories.size === 0 ? [] : await eventsOf(ctx, page, to)) {
      const history = histories.get(Number(row.customer_id))
      if (history) addDay(history, row.kind, Number(row.day))
    }
    yield [...histories.values()]
    after = last
  }
}

/** Pages of one owner's customers go by that owner's index; a team has none, so its pages go by all ids. */
async function lastOfPage(ctx: Ctx, scope: Scope, after: number): Promise<number | null> {
  const ids = ctx.db
    .selectFrom('customers')
    .select('customers.id as id')
    .where(customersIn(scope.kind === 'team' ? UNSCOPED : scope))
    .where('customers.id', '>', after)
    .orderBy('customers.id')
    .limit(PAGE)
  const row = await ctx.db
    .selectFrom(ids.as('page'))
    .select((eb) => eb.fn.max('page.id').as('last'))
    .executeTakeFirst()
  return row?.last == null ? null : Number(row.last)
}

function inPage(ctx: Ctx, { scope, teamId, after, last }: Page) {
  const query = ctx.db
    .selectFrom('customers')
    .where(customersIn(scope))
    .where('customers.id', '>', after)
    .where('customers.id', '<=', last)
  return teamId === null ? query : query.where(customersIn({ kind: 'team', teamId }))
}

function customersOf(ctx: Ctx, page: Page) {
  return inPage(ctx, page).select(['customers.id as id', 'segment', 'renewal_on', 'since_on']).execute()
}

function eventsOf(ctx: Ctx, page: Page, to: Day) {
  return inPage(ctx, page)
    .innerJoin('events', 'events.customer_id', 'customers.id')
    .select(['customers.id as customer_id', 'events.kind as kind', 'events.day as day'])
    .where('events.kind', 'in', ['order', 'renewal', 'cancel'])
    .where('events.day', '<=', to)
    .orderBy('customers.id')
    .orderBy('events.day')
    .execute()
}

async function excusedDays(ctx: Ctx, scope: Scope): Promise<Map<number, Day[]>> {
  const rows = await ctx.db
    .selectFrom('cases')
    .innerJoin('customers', 'customers.id', 'cases.customer_id')
    .select(['cases.customer_id as customer_id', 'cases.closed_at as closed_at'])
    .where(customersIn(scope))
    .where('cases.state', '=', 'false-alarm')
    .where('cases.closed_at', 'is not', null)
    .execute()
  const calendar = calendarFor(ctx.settings)
  const days = new Map<number, Day[]>()
  for (const { customer_id, closed_at } of rows) {
    const id = Number(customer_id)
    days.set(id, [...(days.get(id) ?? []), calendar.dayOf(Number(closed_at))])
  }
  return days
}

function emptyHistory(row: { segment: string; renewal_on: number | null; since_on: number | null }) {
  return {
    segment: row.segment,
    orderDays: [],
    renewalDays: [],
    cancelDays: [],
    renewalOn: row.renewal_on === null ? null : Number(row.renewal_on),
    since: row.since_on === null ? null : Number(row.since_on),
  }
}

function addDay(history: CustomerHistory, kind: string, day: Day): void {
  const days =
    kind === 'order' ? history.orderDays : kind === 'renewal' ? history.renewalDays : history.cancelDays
  if (days.at(-1) !== day) days.push(day)
}
