import type { Insertable } from 'kysely'
import type { Ctx } from '../../src/context.ts'
import type { CustomersTable, EventsTable } from '../../src/db/fact-tables.ts'
import type { ScoresTable } from '../../src/db/schema.ts'
import type { Member, Role } from '../../src/model/member.ts'
import { bindIdentity } from '../../src/store/members.ts'

/** Rows for tests that need people and customers but not the import that usually brings them. */
let counter = 0

export async function addTeam(ctx: Ctx, name = `team-${++counter}`): Promise<number> {
  const row = await ctx.db
    .insertInto('teams')
    .values({ name, region: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  return Number(row.id)
}

/** A member who can be reached on `platform` under `person` (default: both made up; null: nowhere). */
export async function addMember(
  ctx: Ctx,
  given: {
    name?: string
    role?: Role
    teamId?: number | null
    active?: boolean
    platform?: string | null
  } = {},
): Promise<Member> {
  const key = `m${++counter}`
  const { name = key, role = 'rep', teamId = null, active = true, platform = 'playground' } = given
  const row = await ctx.db
    .insertInto('members')
    .values({
      source: 'test',
      source_key: key,
      name,
      role,
      team_id: teamId,
      region: null,
      active: active ? 1 : 0,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const id = Number(row.id)
  if (platform !== null) await bindIdentity(ctx, { platform, person: key, memberId: id })
  return { id, name, role, teamId, teamName: null, region: null, active }
}

export async function addCustomer(
  ctx: Ctx,
  given: { name?: string; ownerId?: number | null } & Partial<Insertable<CustomersTable>> = {},
): Promise<number> {
  const key = `c${++counter}`
  const { name = key, ownerId = null, ...rest } = given
  const row = await ctx.db
    .insertInto('customers')
    .values({
      source: 'test',
      source_key: key,
      name,
      owner_id: ownerId,
      short_name: null,
      segment: 'default',
      region: null,
      industry: null,
      phone: null,
      since_on: null,
      renewal_on: null,
      tags: null,
      ...rest,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return Number(row.id)
}

export async function addEvent(
  ctx: Ctx,
  event: { customer_id: number; kind: string; at: number; day: number } & Partial<Insertable<EventsTable>>,
): Promise<number> {
  const row = await ctx.db
    .insertInto('events')
    .values({
      source: 'test',
      source_key: `e${++counter}`,
      amount: null,
      quantity: null,
      channel: null,
      text: null,
      note: null,
      ...event,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return Number(row.id)
}

/** A finished scoring run as of a day. */
export async function addScoreRun(ctx: Ctx, asOf: number): Promise<number> {
  const at = ctx.clock.now()
  const row = await ctx.db
    .insertInto('score_runs')
    .values({
      as_of: asOf,
      state: 'done',
      scorer: 'rules',
      settings_digest: 'test',
      params_json: '{}',
      started_at: at,
      finished_at: at,
      customers: 0,
      scored: 0,
      insufficient: 0,
      counts_json: '{}',
      cursor: 0,
      latest_event_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return Number(row.id)
}

/** Writes (or replaces) the latest score of a customer. */
export async function putScore(
  ctx: Ctx,
  score: { customer_id: number; run_id: number; as_of: number; risk: number | null; band: string } & Partial<
    Insertable<ScoresTable>
  >,
): Promise<void> {
  const value = score.value_12m ?? 1_000_00
  const row = {
    band_since: score.as_of,
    tier: 'A',
    stage: 'retention',
    stage_since: score.as_of,
    rfm_segment: 'unknown',
    r: null,
    f: null,
    m: null,
    points: 5,
    value_12m: value,
    priority: (score.risk ?? 0) * value,
    churned: 0,
    evidence_json: '[]',
    ...score,
  }
  await ctx.db
    .insertInto('scores')
    .values(row)
    .onConflict((oc) => oc.column('customer_id').doUpdateSet(row))
    .execute()
}
