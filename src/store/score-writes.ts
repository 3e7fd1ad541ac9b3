import type { Ctx } from '../context.ts'
import { bulkInsert } from '../db/bulk.ts'
import type { ScoreChangesTable, ScoresTable } from '../db/schema.ts'
import type { Day } from '../model/day.ts'

/** A row of `scores` as a run writes it. */
export type NewScore = Readonly<Omit<ScoresTable, 'run_id' | 'as_of'>>

/** What changed for a customer; `before` is null for its first score. */
export interface NewChange {
  readonly customerId: number
  readonly field: ScoreChangesTable['field']
  readonly before: string | null
  readonly after: string
}

/** The state of a customer's last score: what bands with hysteresis and stage history start from. */
export interface PreviousScore {
  readonly asOf: Day
  readonly band: string
  readonly bandSince: Day
  readonly tier: string
  readonly stage: string
  readonly stageSince: Day
  readonly churned: boolean
}

/** The last scores of the customers in (after, last]. */
export async function previousScores(
  ctx: Ctx,
  after: number,
  last: number,
): Promise<ReadonlyMap<number, PreviousScore>> {
  const rows = await ctx.db
    .selectFrom('scores')
    .select([
      'customer_id as id',
      'as_of as asOf',
      'band',
      'band_since as bandSince',
      'tier',
      'stage',
      'stage_since as stageSince',
      'churned',
    ])
    .where('customer_id', '>', after)
    .where('customer_id', '<=', last)
    .execute()
  return new Map(rows.map(({ id, ...row }) => [id, { ...row, churned: row.churned === 1 }]))
}

const COLUMNS = [
  'customer_id',
  'risk',
  'band',
  'band_since',
  'tier',
  'stage',
  'stage_since',
  'rfm_segment',
  'r',
  'f',
  'm',
  'points',
  'value_12m',
  'priority',
  'churned',
  'evidence_json',
  'next_order_after',
  'next_order_from',
  'next_order_due',
  'next_order_until',
  'next_order_every',
] as const satisfies readonly (keyof NewScore)[]

const UPDATES = ['run_id', 'as_of', ...COLUMNS.slice(1)]
  .map((name) => `${name} = excluded.${name}`)
  .join(', ')

/**
 * Writes the scores of the customers in (after, last] and removes those of customers that this run leaves out
 * (not known yet at its as-of). Part of the caller's transaction.
 */
export async function writeScores(
  ctx: Ctx,
  run: { readonly id: number; readonly asOf: Day },
  range: { readonly after: number; readonly last: number },
  scores: readonly NewScore[],
): Promise<void> {
  const columns = Object.fromEntries(COLUMNS.map((name) => [name, scores.map((score) => score[name])]))
  await bulkInsert(
    ctx.db,
    'scores',
    { run_id: run.id, as_of: run.asOf, ...columns },
    scores.length,
    `on conflict (customer_id) do update set ${UPDATES}`,
  )
  await ctx.db
    .deleteFrom('scores')
    .where('customer_id', '>', range.after)
    .where('customer_id', '<=', range.last)
    .where('run_id', '<>', run.id)
    .execute()
}

export async function writeChanges(
  ctx: Ctx,
  run: { readonly id: number; readonly asOf: Day },
  changes: readonly NewChange[],
): Promise<void> {
  await bulkInsert(
    ctx.db,
    'score_changes',
    {
      run_id: run.id,
      as_of: run.asOf,
      customer_id: changes.map((one) => one.customerId),
      field: changes.map((one) => one.field),
      before: changes.map((one) => one.before),
      after: changes.map((one) => one.after),
    },
    changes.length,
    'on conflict (customer_id, run_id, field) do nothing',
  )
}

export interface ScoreCount {
  readonly band: string
  readonly tier: string
  readonly stage: string
  readonly insufficient: boolean
  readonly n: number
}

/** How many customers of a run are where. */
export async function countScores(ctx: Ctx, runId: number): Promise<ScoreCount[]> {
  const rows = await ctx.db
    .selectFrom('scores')
    .select((eb) => [
      'band',
      'tier',
      'stage',
      eb.case().when('risk', 'is', null).then(1).else(0).end().as('unknown'),
      eb.fn.countAll().as('n'),
    ])
    .where('run_id', '=', runId)
    .groupBy(['band', 'tier', 'stage', (eb) => eb.case().when('risk', 'is', null).then(1).else(0).end()])
    .execute()
  return rows.map(({ band, tier, stage, unknown, n }) => ({
    band,
    tier,
    stage,
    insufficient: Number(unknown) === 1,
    n: Number(n),
  }))
}
