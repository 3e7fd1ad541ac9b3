import type { Scope } from '../access.ts'
import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import { LASTING_FALSE_ALARMS } from '../model/case.ts'
import { type Band, TIERS, type Tier } from '../model/churn.ts'
import type { Day } from '../model/day.ts'
import { asBand } from './cases.ts'
import { customersIn } from './scoped.ts'

/** Which scored customers: at risk, not lost and no false alarm, unless told otherwise. */
export interface ScoreListFilter {
  /** Any of these bands. */
  readonly bands: readonly Band[]
  readonly region: string | null
  /** 数据不足 only. */
  readonly insufficient: boolean
}

export interface ScoreListRow {
  readonly customerId: number
  readonly name: string
  readonly band: Band
  readonly risk: number | null
  readonly tier: Tier
  readonly value12m: number
  readonly ownerName: string | null
  /** The customer's key in its source. */
  readonly key: string
}

/** One page of scored customers by risk × value, how many there are, and as of when; null before any score. */
export async function scoreList(
  ctx: Ctx,
  scope: Scope,
  filter: ScoreListFilter,
  page: { offset: number; limit: number },
): Promise<{ rows: ScoreListRow[]; total: number; asOf: Day } | null> {
  const latest = await ctx.db
    .selectFrom('scores')
    .select((eb) => eb.fn.max('as_of').as('asOf'))
    .executeTakeFirst()
  if (latest?.asOf === null || latest === undefined) return null
  const { n } = await matching(ctx, scope, filter)
    .select((eb) => eb.fn.countAll().as('n'))
    .executeTakeFirstOrThrow()
  const rows = await matching(ctx, scope, filter)
    .leftJoin('members', 'members.id', 'customers.owner_id')
    .select(['customers.id as customerId', 'customers.name as name', 'customers.source_key as key'])
    .select('members.name as ownerName')
    .select(['band', 'risk', 'tier', 'value_12m as value12m'])
    .orderBy('priority', 'desc')
    .orderBy('value_12m', 'desc')
    .orderBy('customers.id')
    .offset(page.offset)
    .limit(page.limit)
    .execute()
  return { rows: rows.map(asRow), total: Number(n), asOf: Number(latest.asOf) }
}

/** How many customers of the scope are in each band, lost ones and false alarms aside: the totals a group sees. */
export async function bandTotals(ctx: Ctx, scope: Scope): Promise<ReadonlyMap<Band, number>> {
  const rows = await ctx.db
    .selectFrom('scores')
    .innerJoin('customers', 'customers.id', 'scores.customer_id')
    .select(['band', (eb) => eb.fn.countAll().as('n')])
    .where(customersIn(scope))
    .where('churned', '=', 0)
    .where('customers.id', 'not in', falseAlarms(ctx))
    .groupBy('band')
    .execute()
  return new Map(rows.map((row) => [asBand(row.band), Number(row.n)]))
}

/** The regions of the customers in scope, for words typed in a filter. */
export async function regionsIn(ctx: Ctx, scope: Scope): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('customers')
    .select('region')
    .distinct()
    .where(customersIn(scope))
    .where('region', 'is not', null)
    .orderBy('region')
    .limit(500)
    .execute()
  return rows.flatMap(({ region }) => (region === null ? [] : [region]))
}

function matching(ctx: Ctx, scope: Scope, filter: ScoreListFilter) {
  return ctx.db
    .selectFrom('scores')
    .innerJoin('customers', 'customers.id', 'scores.customer_id')
    .where(customersIn(scope))
    .$if(filter.insufficient, (q) => q.where('risk', 'is', null))
    .$if(!filter.insufficient, (q) =>
      q
        .where('churned', '=', 0)
        .where('band', 'in', [...filter.bands])
        .where('customers.id', 'not in', falseAlarms(ctx)),
    )
    .$if(filter.region !== null, (q) => q.where('customers.region', '=', filter.region))
}

/** Customers whose newest case somebody called a false alarm (A3), as long as that holds. */
function falseAlarms(ctx: Ctx) {
  const { dayOf, instant } = calendarFor(ctx.settings)
  const since = instant(dayOf(ctx.clock.now()) - ctx.settings.push.falseAlarmDays + 1)
  const newest = ctx.db
    .selectFrom('cases')
    .select((eb) => eb.fn.max('id').as('id'))
    .groupBy('customer_id')
  return ctx.db
    .selectFrom('cases')
    .select('customer_id')
    .where('id', 'in', newest)
    .where('state', '=', 'false-alarm')
    .where((eb) => eb.or([eb('reason', 'in', [...LASTING_FALSE_ALARMS]), eb('closed_at', '>=', since)]))
}

function asRow(row: {
  customerId: number
  name: string
  band: string
  risk: number | null
  tier: string
  value12m: number
  ownerName: string | null
  key: string
}): ScoreListRow {
  return {
    customerId: Number(row.customerId),
    name: row.name,
    band: asBand(row.band),
    risk: row.risk === null ? null : Number(row.risk),
    tier: TIERS.find((tier) => tier === row.tier) ?? 'unknown',
    value12m: Number(row.value12m),
    ownerName: row.ownerName,
    key: row.key,
  }
}
