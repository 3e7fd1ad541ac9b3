import { sql } from 'kysely'
import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import type { CaseState } from '../model/case.ts'
import { BANDS, type Band, bandRank, TIERS } from '../model/churn.ts'
import type { Day } from '../model/day.ts'
import type { Candidate, DueContact } from '../model/push.ts'
import type { Evidence } from '../model/score.ts'
import { asBand } from './cases.ts'

/**
 * Everybody a digest of `day` could speak of: customers whose latest score is in `minBand` or above and who are
 * not lost already, and those with an event that waits. For jobs and the operator: not limited to a scope.
 */
export async function pushCandidates(ctx: Ctx, minBand: Band): Promise<Candidate[]> {
  const bands = BANDS.filter((band) => bandRank(band) >= bandRank(minBand))
  const open = await openCasesByCustomer(ctx)
  const closed = await newestClosedByCustomer(ctx)
  const followed = await followUpsByCustomer(ctx)
  const waiting = [...open.values()].filter((one) => one.lane === 'event' && one.pushedOn === null)
  const rows = await customersWithScore(ctx)
    .where((eb) =>
      eb.or([
        eb.and([eb('scores.band', 'in', bands), eb('scores.churned', '=', 0)]),
        eb('customers.id', 'in', waiting.length > 0 ? waiting.map((one) => one.customerId) : [-1]),
      ]),
    )
    .orderBy('customers.id')
    .execute()
  return rows.map((row) => {
    const customerId = Number(row.customerId)
    const openCase = open.get(customerId) ?? null
    const lastClosed = closed.get(customerId) ?? null
    return {
      ...asScored(row),
      openCase,
      lastClosed,
      lastPush: openCase?.lastPush ?? lastClosed?.lastPush ?? null,
      followUp: followed.get(customerId) ?? null,
    }
  })
}

/** The score side of one customer, for an event card; band `none` and tier `unknown` when it has no score. */
export async function scoredCustomer(ctx: Ctx, customerId: number): Promise<ScoredCustomer | null> {
  const row = await customersWithScore(ctx).where('customers.id', '=', customerId).executeTakeFirst()
  return row ? asScored(row) : null
}

export type ScoredCustomer = Omit<Candidate, 'openCase' | 'lastClosed' | 'lastPush' | 'followUp'>

function customersWithScore(ctx: Ctx) {
  return ctx.db
    .selectFrom('customers')
    .leftJoin('scores', 'scores.customer_id', 'customers.id')
    .leftJoin('members', (join) => join.on('members.id', '=', responsible))
    .select([
      'customers.id as customerId',
      'customers.name as customerName',
      'members.id as ownerId',
      'members.name as ownerName',
      'members.active as ownerActive',
      'scores.risk as risk',
      'scores.band as band',
      'scores.band_since as bandSince',
      'scores.tier as tier',
      'scores.stage as stage',
      'scores.value_12m as value12m',
      'scores.run_id as scoreRunId',
    ])
}

/** Who answers for a customer: the one its open case was handed to, else its owner. */
const responsible = sql<number>`coalesce((select cases.owner_id from cases where cases.customer_id = customers.id
  and cases.closed_at is null and cases.handed = 1), customers.owner_id)`

type ScoredRow = Awaited<ReturnType<ReturnType<typeof customersWithScore>['executeTakeFirstOrThrow']>>

function asScored(row: ScoredRow): ScoredCustomer {
  return {
    customerId: Number(row.customerId),
    customerName: row.customerName,
    owner: owner(row),
    risk: row.risk === null ? null : Number(row.risk),
    band: asBand(row.band ?? 'none'),
    bandSince: Number(row.bandSince ?? 0),
    tier: TIERS.find((tier) => tier === row.tier) ?? 'unknown',
    stage: row.stage ?? '',
    value12m: Number(row.value12m ?? 0),
    scoreRunId: row.scoreRunId === null ? null : Number(row.scoreRunId),
  }
}

function owner(row: {
  ownerId: number | null
  ownerName: string | null
  ownerActive: number | null
}): Candidate['owner'] {
  if (row.ownerId === null) return null
  return { id: Number(row.ownerId), name: row.ownerName ?? '', active: Number(row.ownerActive) === 1 }
}

interface CaseFacts {
  readonly id: number
  readonly customerId: number
  readonly lane: 'digest' | 'event'
  readonly state: CaseState
  readonly on: Day
  readonly band: Band
  readonly reason: string | null
  readonly pushedOn: Day | null
  readonly snoozedUntil: Day | null
  readonly lastPush: { on: Day; band: Band } | null
}

async function openCasesByCustomer(ctx: Ctx): Promise<Map<number, CaseFacts>> {
  const rows = await caseFacts(ctx).where('closed_at', 'is', null).execute()
  const { dayOf } = calendarFor(ctx.settings)
  return new Map(rows.map((row) => [Number(row.customer_id), asCaseFacts(row, dayOf)]))
}

async function newestClosedByCustomer(ctx: Ctx): Promise<Map<number, CaseFacts>> {
  const newest = ctx.db
    .selectFrom('cases')
    .select((eb) => eb.fn.max('id').as('id'))
    .where('closed_at', 'is not', null)
    .groupBy('customer_id')
  const rows = await caseFacts(ctx).where('id', 'in', newest).execute()
  const { dayOf } = calendarFor(ctx.settings)
  return new Map(rows.map((row) => [Number(row.customer_id), asCaseFacts(row, dayOf)]))
}

function caseFacts(ctx: Ctx) {
  return ctx.db
    .selectFrom('cases')
    .select([
      'id',
      'customer_id',
      'lane',
      'state',
      'band',
      'reason',
      'closed_at',
      'last_pushed_on',
      'last_pushed_band',
      'snoozed_until',
    ])
}

type CaseFactsRow = Awaited<ReturnType<ReturnType<typeof caseFacts>['executeTakeFirstOrThrow']>>

function asCaseFacts(row: CaseFactsRow, dayOf: (at: number) => Day): CaseFacts {
  const pushedOn = row.last_pushed_on === null ? null : Number(row.last_pushed_on)
  const band = asBand(row.band)
  return {
    id: Number(row.id),
    customerId: Number(row.customer_id),
    lane: row.lane,
    state: row.state,
    on: dayOf(Number(row.closed_at ?? 0)),
    band,
    reason: row.reason,
    pushedOn,
    snoozedUntil: row.snoozed_until === null ? null : Number(row.snoozed_until),
    lastPush: pushedOn === null ? null : { on: pushedOn, band: asBand(row.last_pushed_band ?? band) },
  }
}

/** Of each customer the newest follow-up that had an outcome or promised a date. */
export async function followUpsByCustomer(
  ctx: Ctx,
): Promise<Map<number, NonNullable<Candidate['followUp']>>> {
  const rows = await newestFollowUps(ctx).execute()
  return new Map(
    rows.map((row) => [
      Number(row.customerId),
      {
        on: Number(row.day),
        effective: Number(row.effective) === 1,
        nextOn: row.nextOn === null ? null : Number(row.nextOn),
      },
    ]),
  )
}

/** Promised contacts up to `day` that no later follow-up answered. */
export async function dueContacts(ctx: Ctx, day: Day): Promise<DueContact[]> {
  const rows = await newestFollowUps(ctx)
    .where('follow_ups.next_on', '<=', day)
    .orderBy('follow_ups.next_on')
    .orderBy('customers.id')
    .execute()
  return rows.map((row) => ({
    customerId: Number(row.customerId),
    customerName: row.customerName,
    owner: owner(row),
    nextOn: Number(row.nextOn),
  }))
}

/** Of each customer the newest follow-up that had an outcome or promised a date, unless taken back. */
function newestFollowUps(ctx: Ctx) {
  const newest = ctx.db
    .selectFrom('follow_ups')
    .select((eb) => eb.fn.max('id').as('id'))
    .where('undone_at', 'is', null)
    .where((eb) => eb.or([eb('effective', '=', 1), eb('next_on', 'is not', null)]))
    .groupBy('customer_id')
  return ctx.db
    .selectFrom('follow_ups')
    .innerJoin('customers', 'customers.id', 'follow_ups.customer_id')
    .leftJoin('members', (join) => join.on('members.id', '=', responsible))
    .where('follow_ups.id', 'in', newest)
    .select([
      'customers.id as customerId',
      'customers.name as customerName',
      'members.id as ownerId',
      'members.name as ownerName',
      'members.active as ownerActive',
      'follow_ups.day as day',
      'follow_ups.effective as effective',
      'follow_ups.next_on as nextOn',
    ])
}

/** The evidence behind the latest scores of these customers. */
export async function evidenceOf(
  ctx: Ctx,
  customerIds: readonly number[],
): Promise<Map<number, readonly Evidence[]>> {
  if (customerIds.length === 0) return new Map()
  const rows = await ctx.db
    .selectFrom('scores')
    .select(['customer_id', 'evidence_json'])
    .where('customer_id', 'in', customerIds)
    .execute()
  return new Map(rows.map((row) => [Number(row.customer_id), JSON.parse(row.evidence_json)]))
}
