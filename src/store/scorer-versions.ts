import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'

/**
 * `retired` was in use once; `withdrawn` waited for a decision until a newer evaluation took its place;
 * `rules-stay` is an evaluation that proposed nothing.
 */
export type VersionState = 'proposed' | 'active' | 'refused' | 'retired' | 'withdrawn' | 'rules-stay'

/** One version of the scorer with the back-test it was proposed on. */
export interface ScorerVersion {
  readonly id: number
  readonly createdAt: number
  /** Everything it learned is dated up to and including this day. */
  readonly asOf: Day
  readonly kind: string
  readonly state: VersionState
  /** JSON of its parameters; null where the rules stay. */
  readonly params: string | null
  /** JSON of the back-test report. */
  readonly report: string
  readonly decidedAt: number | null
  readonly decidedBy: number | null
}

export type NewVersion = Pick<ScorerVersion, 'asOf' | 'kind' | 'params' | 'report'> & {
  readonly state: 'proposed' | 'rules-stay'
}

/** Stores a proposal, or that the rules stay; an older proposal that nobody answered is withdrawn by it. */
export async function addVersion(ctx: Ctx, version: NewVersion): Promise<ScorerVersion> {
  await ctx.db
    .updateTable('scorer_versions')
    .set({ state: 'withdrawn', decided_at: ctx.clock.now() })
    .where('state', '=', 'proposed')
    .execute()
  const row = await ctx.db
    .insertInto('scorer_versions')
    .values({
      created_at: ctx.clock.now(),
      as_of: version.asOf,
      kind: version.kind,
      state: version.state,
      params_json: version.params,
      report_json: version.report,
      decided_at: null,
      decided_by: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return asVersion(row)
}

/** The version whose risk is on the cards; null while the rules are used. */
export async function activeVersion(ctx: Ctx): Promise<ScorerVersion | null> {
  const row = await versions(ctx).where('state', '=', 'active').executeTakeFirst()
  return row ? asVersion(row) : null
}

export async function versionById(ctx: Ctx, id: number): Promise<ScorerVersion | null> {
  const row = await versions(ctx).where('id', '=', id).executeTakeFirst()
  return row ? asVersion(row) : null
}

/** Newest first. */
export async function latestVersions(ctx: Ctx, limit: number): Promise<ScorerVersion[]> {
  const rows = await versions(ctx).orderBy('id', 'desc').limit(limit).execute()
  return rows.map(asVersion)
}

/**
 * Puts a proposal or an earlier version into use, in the place of the active one. False when that version has no
 * parameters or is active already. In a transaction.
 */
export async function activateVersion(ctx: Ctx, id: number, memberId: number | null): Promise<boolean> {
  const version = await versionById(ctx, id)
  if (!version || version.params === null || version.state === 'active') return false
  await retireActive(ctx)
  await decide(ctx, id, 'active', memberId)
  return true
}

/** Says no to a proposal; false when it is none any more. */
export async function refuseVersion(ctx: Ctx, id: number, memberId: number | null): Promise<boolean> {
  const version = await versionById(ctx, id)
  if (version?.state !== 'proposed') return false
  await decide(ctx, id, 'refused', memberId)
  return true
}

/** Puts a decision back to what it was before; the place of the active version must be free for `active`. In a transaction. */
export async function restoreState(
  ctx: Ctx,
  id: number,
  state: Exclude<VersionState, 'rules-stay'>,
): Promise<void> {
  await ctx.db.updateTable('scorer_versions').set({ state }).where('id', '=', id).execute()
}

/** Back to the rules; false when they are used already. */
export async function retireActive(ctx: Ctx): Promise<boolean> {
  const result = await ctx.db
    .updateTable('scorer_versions')
    .set({ state: 'retired' })
    .where('state', '=', 'active')
    .executeTakeFirst()
  return Number(result.numUpdatedRows) > 0
}

async function decide(
  ctx: Ctx,
  id: number,
  state: 'active' | 'refused',
  memberId: number | null,
): Promise<void> {
  await ctx.db
    .updateTable('scorer_versions')
    .set({ state, decided_at: ctx.clock.now(), decided_by: memberId })
    .where('id', '=', id)
    .execute()
}

function versions(ctx: Ctx) {
  return ctx.db.selectFrom('scorer_versions').selectAll()
}

type Row = Awaited<ReturnType<ReturnType<typeof versions>['executeTakeFirstOrThrow']>>

function asVersion(row: Row): ScorerVersion {
  return {
    id: Number(row.id),
    createdAt: Number(row.created_at),
    asOf: Number(row.as_of),
    kind: row.kind,
    state: row.state,
    params: row.params_json,
    report: row.report_json,
    decidedAt: row.decided_at === null ? null : Number(row.decided_at),
    decidedBy: row.decided_by === null ? null : Number(row.decided_by),
  }
}
