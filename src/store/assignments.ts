import type { Scope } from '../access.ts'
import type { Ctx } from '../context.ts'
import { bulkInsert, lockTable } from '../db/bulk.ts'
import { AppError } from '../errors.ts'
import type { Day } from '../model/day.ts'
import type { Assignment } from '../model/experiment.ts'
import { customersIn } from './scoped.ts'

/** Places given away so far, per stratum: the next one is free. */
export async function placesTaken(ctx: Ctx, experimentId: number): Promise<Map<string, number>> {
  const rows = await ctx.db
    .selectFrom('assignments')
    .select((eb) => ['stratum', eb.fn.max('place').as('place')])
    .where('experiment_id', '=', experimentId)
    .groupBy('stratum')
    .execute()
  return new Map(rows.map((row) => [row.stratum, Number(row.place) + 1]))
}

/**
 * Assignments made on or after `since`, the newest of each customer. Of every experiment of this name: a customer
 * whose outcome is not known yet belongs to the one it began in, also after that has ended. For jobs: not limited to
 * a scope.
 */
export async function openAssignments(
  ctx: Ctx,
  name: string,
  since: Day,
): Promise<Map<number, Assignment & { readonly delayDays: number }>> {
  const rows = await ctx.db
    .selectFrom('assignments')
    .innerJoin('experiments', 'experiments.id', 'assignments.experiment_id')
    .selectAll('assignments')
    .select('experiments.delay_days as delay_days')
    .where('experiments.name', '=', name)
    .where('assignments.day', '>=', since)
    .orderBy('assignments.id')
    .execute()
  return new Map(
    rows.map((row) => [Number(row.customer_id), { ...asAssignment(row), delayDays: Number(row.delay_days) }]),
  )
}

/** The newest assignment of a customer on or after `since`, of every experiment of this name. */
export async function assignmentOf(
  ctx: Ctx,
  name: string,
  customerId: number,
  since: Day,
): Promise<(Assignment & { readonly experimentId: number }) | null> {
  const row = await ctx.db
    .selectFrom('assignments')
    .innerJoin('experiments', 'experiments.id', 'assignments.experiment_id')
    .selectAll('assignments')
    .where('experiments.name', '=', name)
    .where('assignments.customer_id', '=', customerId)
    .where('assignments.day', '>=', since)
    .orderBy('assignments.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? { ...asAssignment(row), experimentId: Number(row.experiment_id) } : null
}

/**
 * Writes new assignments, in the transaction that read `placesTaken` after `lockAssignments`.
 * @throws AppError `bug` when a place or a customer's day was given away before: no arm may be drawn twice
 */
export async function addAssignments(
  ctx: Ctx,
  experimentId: number,
  assigned: readonly Assignment[],
): Promise<void> {
  if (assigned.length === 0) return
  const written = await bulkInsert(
    ctx.db,
    'assignments',
    {
      experiment_id: experimentId,
      customer_id: assigned.map(({ customerId }) => customerId),
      day: assigned.map(({ day }) => day),
      stratum: assigned.map(({ stratum }) => stratum),
      place: assigned.map(({ place }) => place),
      arm: assigned.map(({ arm }) => arm),
      assigned_at: ctx.clock.now(),
    },
    assigned.length,
    'on conflict do nothing',
  )
  if (written < assigned.length) {
    throw new AppError('bug', 'an arm was drawn twice', { data: { experimentId } })
  }
}

/** Keeps other processes from giving away places until the transaction ends. */
export function lockAssignments(ctx: Ctx): Promise<void> {
  return lockTable(ctx.db, 'assignments')
}

/** Who was assigned in an experiment, in the order of assignment; of the customers the reader may see. */
export async function assignmentsIn(ctx: Ctx, scope: Scope, experimentId: number): Promise<Assignment[]> {
  const rows = await ctx.db
    .selectFrom('assignments')
    .innerJoin('customers', 'customers.id', 'assignments.customer_id')
    .selectAll('assignments')
    .where('assignments.experiment_id', '=', experimentId)
    .where(customersIn(scope))
    .orderBy('assignments.id')
    .execute()
  return rows.map(asAssignment)
}

function asAssignment(row: {
  readonly customer_id: number
  readonly day: number
  readonly stratum: string
  readonly place: number
  readonly arm: Assignment['arm']
}): Assignment {
  return {
    customerId: Number(row.customer_id),
    day: Number(row.day),
    stratum: row.stratum,
    place: Number(row.place),
    arm: row.arm,
  }
}
