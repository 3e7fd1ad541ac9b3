import type { Updateable } from 'kysely'
import type { Scope } from '../access.ts'
import type { Ctx } from '../context.ts'
import type { CasesTable } from '../db/case-tables.ts'
import { type Case, SNOOZE_REASONS } from '../model/case.ts'
import { BANDS, type Band } from '../model/churn.ts'
import type { Day } from '../model/day.ts'
import { customersIn } from './scoped.ts'

/** Which open cases: all without a filter. */
export interface CaseFilter {
  readonly ownerId?: number
  readonly customerId?: number
  /** Promised next contact on or before this day. */
  readonly nextBy?: Day
  /** Due at or before this instant. */
  readonly dueBy?: number
  readonly limit?: number
}

/** One case, when it lies in the scope. */
export async function caseFor(ctx: Ctx, scope: Scope, caseId: number): Promise<Case | null> {
  const row = await scoped(ctx, scope).where('cases.id', '=', caseId).executeTakeFirst()
  return row ? asCase(row) : null
}

/** The open case of a customer, if any. For jobs and for writes whose rights were checked before. */
export async function openCaseOf(ctx: Ctx, customerId: number): Promise<Case | null> {
  const row = await scoped(ctx, { kind: 'all' })
    .where('cases.customer_id', '=', customerId)
    .where('cases.closed_at', 'is', null)
    .executeTakeFirst()
  return row ? asCase(row) : null
}

/** Open cases in the scope, the earliest due first. */
export async function openCases(ctx: Ctx, scope: Scope, filter: CaseFilter = {}): Promise<Case[]> {
  const { ownerId, customerId, nextBy, dueBy, limit } = filter
  const rows = await scoped(ctx, scope)
    .where('cases.closed_at', 'is', null)
    .$if(ownerId !== undefined, (q) => q.where('cases.owner_id', '=', ownerId ?? 0))
    .$if(customerId !== undefined, (q) => q.where('cases.customer_id', '=', customerId ?? 0))
    .$if(nextBy !== undefined, (q) => q.where('cases.next_on', '<=', nextBy ?? 0))
    .$if(dueBy !== undefined, (q) => q.where('cases.due_at', '<=', dueBy ?? 0))
    .orderBy('cases.due_at')
    .orderBy('cases.id')
    .$if(limit !== undefined, (q) => q.limit(limit ?? 0))
    .execute()
  return rows.map(asCase)
}

function scoped(ctx: Ctx, scope: Scope) {
  return ctx.db
    .selectFrom('cases')
    .innerJoin('customers', 'customers.id', 'cases.customer_id')
    .innerJoin('members', 'members.id', 'cases.owner_id')
    .selectAll('cases')
    .select(['customers.name as customer_name', 'members.name as owner_name'])
    .where(customersIn(scope))
}

type CaseRow = Awaited<ReturnType<ReturnType<typeof scoped>['executeTakeFirstOrThrow']>>

function asCase(row: CaseRow): Case {
  return {
    id: Number(row.id),
    customerId: Number(row.customer_id),
    customerName: row.customer_name,
    ownerId: Number(row.owner_id),
    ownerName: row.owner_name,
    handed: Number(row.handed) === 1,
    lane: row.lane,
    state: row.state,
    causes: row.causes === '' ? [] : row.causes.split(','),
    scoreRunId: number(row.score_run_id),
    risk: number(row.risk),
    band: asBand(row.band),
    openedAt: Number(row.opened_at),
    openedOn: Number(row.opened_on),
    dueAt: Number(row.due_at),
    slaDueAt: Number(row.sla_due_at ?? row.due_at),
    closedAt: number(row.closed_at),
    reason: row.reason,
    snoozedUntil: number(row.snoozed_until),
    snoozeReason: SNOOZE_REASONS.find((one) => one === row.snooze_reason) ?? null,
    earlierId: number(row.earlier_id),
    lastPushedOn: number(row.last_pushed_on),
    lastPushedBand: row.last_pushed_band === null ? null : asBand(row.last_pushed_band),
    nextOn: number(row.next_on),
    why: JSON.parse(row.why_json),
    eventId: number(row.event_id),
    revision: Number(row.revision),
  }
}

function number(value: number | null): number | null {
  return value === null ? null : Number(value)
}

/** A band as stored; an unknown word (never written by us) counts as calm. */
export function asBand(word: string): Band {
  return BANDS.find((band) => band === word) ?? 'none'
}

export type CasePatch = Omit<Updateable<CasesTable>, 'id' | 'revision'>

/** Changes a case if nobody did since it was read; false otherwise: read it again. */
export async function changeCase(ctx: Ctx, before: Case, patch: CasePatch): Promise<boolean> {
  const result = await ctx.db
    .updateTable('cases')
    .set({ ...patch, revision: before.revision + 1 })
    .where('id', '=', before.id)
    .where('revision', '=', before.revision)
    .executeTakeFirst()
  return Number(result.numUpdatedRows) === 1
}

export interface NewCase {
  readonly customerId: number
  readonly ownerId: number
  readonly lane: 'digest' | 'event'
  readonly causes: readonly string[]
  readonly scoreRunId: number | null
  readonly risk: number | null
  readonly band: Band
  readonly dueAt: number
  readonly on: Day
  readonly why: Case['why']
  readonly eventId: number | null
  readonly earlierId?: number | null
}

/** Opens a case; null when the customer has an open one already (someone was faster). */
export async function insertCase(ctx: Ctx, fresh: NewCase): Promise<number | null> {
  const row = await ctx.db
    .insertInto('cases')
    .values({
      customer_id: fresh.customerId,
      owner_id: fresh.ownerId,
      lane: fresh.lane,
      state: 'open',
      causes: [...fresh.causes].sort().join(','),
      score_run_id: fresh.scoreRunId,
      risk: fresh.risk,
      band: fresh.band,
      opened_at: ctx.clock.now(),
      opened_on: fresh.on,
      due_at: fresh.dueAt,
      sla_due_at: fresh.dueAt,
      earlier_id: fresh.earlierId ?? null,
      closed_at: null,
      reason: null,
      snoozed_until: null,
      last_pushed_on: null,
      last_pushed_band: null,
      next_on: null,
      why_json: JSON.stringify(fresh.why),
      event_id: fresh.eventId,
    })
    .onConflict((oc) => oc.column('customer_id').where('closed_at', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row ? Number(row.id) : null
}

/** Remembers the last push of a case; whoever acts on it meanwhile is not disturbed. */
export async function setPushed(ctx: Ctx, caseId: number, day: Day, band: Band): Promise<void> {
  await ctx.db
    .updateTable('cases')
    .set({ last_pushed_on: day, last_pushed_band: band })
    .where('id', '=', caseId)
    .execute()
}
