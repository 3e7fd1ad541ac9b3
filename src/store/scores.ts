import { z } from 'zod'
import type { Scope } from '../access.ts'
import type { Ctx } from '../context.ts'
import { BANDS, type Band, bandRank, TIERS, type Tier } from '../model/churn.ts'
import type { Day } from '../model/day.ts'
import type { NextOrder } from '../model/next-order.ts'
import type { Evidence, Score } from '../model/score.ts'
import { customersIn } from './scoped.ts'

export { latestRun } from './score-runs.ts'

/** A score with the names a list shows. */
export type ScoreInList = Score & {
  readonly customerName: string
  readonly customerKey: string
  readonly ownerId: number | null
}

export interface ScoreFilter {
  /** This band or worse. */
  readonly minBand?: Band
  readonly tier?: Tier
  readonly stage?: string
  readonly churned?: boolean
  readonly teamId?: number
  readonly region?: string
  readonly rfmSegment?: string
  readonly limit?: number
}

/** The latest score of one customer, or null when it has none (or is out of scope). */
export async function scoreOf(ctx: Ctx, scope: Scope, customerId: number): Promise<Score | null> {
  const row = await scores(ctx, scope).where('scores.customer_id', '=', customerId).executeTakeFirst()
  return row ? asScore(row) : null
}

/** The reasons behind the latest scores of these customers, by customer; without a score or out of scope there is none. */
export async function evidenceOf(
  ctx: Ctx,
  scope: Scope,
  customerIds: readonly number[],
): Promise<ReadonlyMap<number, readonly Evidence[]>> {
  if (customerIds.length === 0) return new Map()
  const rows = await ctx.db
    .selectFrom('scores')
    .innerJoin('customers', 'customers.id', 'scores.customer_id')
    .select(['customer_id', 'evidence_json'])
    .where(customersIn(scope))
    .where('customer_id', 'in', [...customerIds])
    .execute()
  return new Map(rows.map((row) => [Number(row.customer_id), asEvidence(row.evidence_json)]))
}

/** Latest scores by priority (risk × value), then risk, then id: a stable order. */
export async function scoresIn(ctx: Ctx, scope: Scope, filter: ScoreFilter = {}): Promise<ScoreInList[]> {
  let query = scores(ctx, scope)
  const { minBand, tier, stage, churned, teamId, region, rfmSegment, limit } = filter
  if (minBand !== undefined) {
    const bands = BANDS.filter((band) => bandRank(band) >= bandRank(minBand))
    query = query.where('scores.band', 'in', bands)
  }
  if (tier !== undefined) query = query.where('scores.tier', '=', tier)
  if (stage !== undefined) query = query.where('scores.stage', '=', stage)
  if (churned !== undefined) query = query.where('scores.churned', '=', churned ? 1 : 0)
  if (rfmSegment !== undefined) query = query.where('scores.rfm_segment', '=', rfmSegment)
  if (region !== undefined) query = query.where('customers.region', '=', region)
  if (teamId !== undefined) query = query.where(customersIn({ kind: 'team', teamId }))
  if (limit !== undefined) query = query.limit(limit)
  const rows = await query
    .orderBy('scores.priority', 'desc')
    .orderBy((eb) => eb.fn.coalesce('scores.risk', eb.lit(-1)), 'desc')
    .orderBy('scores.customer_id')
    .execute()
  return rows.map((row) => ({
    ...asScore(row),
    customerName: row.customer_name,
    customerKey: row.customer_key,
    ownerId: row.owner_id,
  }))
}

export interface ScoreChange {
  readonly customerId: number
  readonly customerName: string
  readonly runId: number
  readonly asOf: Day
  readonly field: 'band' | 'tier' | 'stage' | 'churned'
  readonly before: string | null
  readonly after: string
}

/** Changes of runs as of `since` or later, oldest first. */
export async function scoreChangesSince(
  ctx: Ctx,
  scope: Scope,
  since: Day,
  customerId?: number,
): Promise<ScoreChange[]> {
  let query = ctx.db
    .selectFrom('score_changes')
    .innerJoin('customers', 'customers.id', 'score_changes.customer_id')
    .select([
      'score_changes.customer_id as customerId',
      'customers.name as customerName',
      'score_changes.run_id as runId',
      'score_changes.as_of as asOf',
      'score_changes.field as field',
      'score_changes.before as before',
      'score_changes.after as after',
    ])
    .where('score_changes.as_of', '>=', since)
    .where(customersIn(scope))
  if (customerId !== undefined) query = query.where('score_changes.customer_id', '=', customerId)
  return await query.orderBy('score_changes.as_of').orderBy('score_changes.id').execute()
}

function scores(ctx: Ctx, scope: Scope) {
  return ctx.db
    .selectFrom('scores')
    .innerJoin('customers', 'customers.id', 'scores.customer_id')
    .selectAll('scores')
    .select([
      'customers.name as customer_name',
      'customers.source_key as customer_key',
      'customers.owner_id as owner_id',
    ])
    .where(customersIn(scope))
}

type ScoreRow = Awaited<ReturnType<ReturnType<typeof scores>['executeTakeFirstOrThrow']>>

const Evidences: z.ZodType<Evidence[]> = z.array(
  z.object({
    signal: z.string(),
    points: z.number(),
    facts: z.array(
      z.object({
        kind: z.string(),
        on: z.number(),
        values: z.record(z.string(), z.union([z.string(), z.number()])),
        source: z
          .object({
            table: z.enum(['events', 'surveys', 'contacts', 'customers', 'follow_ups']),
            id: z.number(),
          })
          .nullable(),
      }),
    ),
  }),
)

/** Stored reasons as data. */
export function asEvidence(json: string): Evidence[] {
  return Evidences.parse(JSON.parse(json))
}

function asScore(row: ScoreRow): Score {
  const { r, f, m } = row
  return {
    customerId: Number(row.customer_id),
    runId: Number(row.run_id),
    asOf: row.as_of,
    risk: row.risk,
    band: BANDS.find((band) => band === row.band) ?? 'none',
    bandSince: row.band_since,
    tier: TIERS.find((tier) => tier === row.tier) ?? 'unknown',
    stage: row.stage,
    stageSince: row.stage_since,
    rfmSegment: row.rfm_segment,
    rfm: r === null || f === null || m === null ? null : { r, f, m },
    points: row.points,
    value12m: row.value_12m,
    priority: row.priority,
    churned: row.churned === 1,
    evidence: asEvidence(row.evidence_json),
    nextOrder: asNextOrder(row),
  }
}

function asNextOrder(row: ScoreRow): NextOrder | null {
  const {
    next_order_after: after,
    next_order_from: from,
    next_order_due: due,
    next_order_until: until,
    next_order_every: every,
  } = row
  if (after === null || from === null || due === null || until === null || every === null) return null
  return { after, from, due, until, every }
}
