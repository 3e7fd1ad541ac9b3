import type { Scope } from '../access.ts'
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

/** Customers of a page: some thousand short reads, so that chat gets its turn in between. */
const PAGE = 2_000

/**
 * Histories of the customers in scope (and of one team, if given) up to and including `to`, in pages. Memory
 * stays flat; each page is one indexed read.
 */
export async function* customerHistories(
  ctx: Ctx,
  scope: Scope,
  { teamId, to }: { teamId: number | null; to: Day },
): AsyncGenerator<CustomerHistory[]> {
  const excused = await excusedDays(ctx, scope)
  for (let after = 0; ; ) {
    const customers = await customerPage(ctx, scope, teamId, after)
    const last = customers.at(-1)
    if (!last) return
    const histories = new Map(
      customers.map((row) => [
        Number(row.id),
        { ...emptyHistory(row), excusedDays: excused.get(Number(row.id)) ?? [] },
      ]),
    )
    for (const row of await eventPage(ctx, scope, teamId, { after, last: Number(last.id), to })) {
      const history = histories.get(Number(row.customer_id))
      if (history) addDay(history, row.kind, Number(row.day))
    }
    yield [...histories.values()]
    if (customers.length < PAGE) return
    after = Number(last.id)
  }
}

function inScope(ctx: Ctx, scope: Scope, teamId: number | null) {
  const query = ctx.db.selectFrom('customers').where(customersIn(scope))
  return teamId === null ? query : query.where(customersIn({ kind: 'team', teamId }))
}

function customerPage(ctx: Ctx, scope: Scope, teamId: number | null, after: number) {
  return inScope(ctx, scope, teamId)
    .select(['customers.id as id', 'segment', 'renewal_on', 'since_on'])
    .where('customers.id', '>', after)
    .orderBy('customers.id')
    .limit(PAGE)
    .execute()
}

function eventPage(
  ctx: Ctx,
  scope: Scope,
  teamId: number | null,
  { after, last, to }: { after: number; last: number; to: Day },
) {
  return inScope(ctx, scope, teamId)
    .innerJoin('events', 'events.customer_id', 'customers.id')
    .select(['events.customer_id as customer_id', 'events.kind as kind', 'events.day as day'])
    .where('customers.id', '>', after)
    .where('customers.id', '<=', last)
    .where('events.kind', 'in', ['order', 'renewal', 'cancel'])
    .where('events.day', '<=', to)
    .orderBy('events.customer_id')
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
