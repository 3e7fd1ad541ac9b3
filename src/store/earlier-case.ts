import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import type { CaseState, Relapse } from '../model/case.ts'

const RELAPSE_MS = 180 * 86_400_000

/** How the customer's case before this one ended. */
export interface EarlierCase {
  readonly id: number
  readonly state: CaseState
  /** UTC ms. */
  readonly closedAt: number
}

/** The newest closed case of a customer. For jobs and for writes whose rights were checked before. */
export async function lastClosedCase(ctx: Ctx, customerId: number): Promise<EarlierCase | null> {
  const row = await closed(ctx)
    .where('customer_id', '=', customerId)
    .orderBy('closed_at', 'desc')
    .executeTakeFirst()
  return row ? asEarlier(row) : null
}

/** The case that an open one follows on (`earlierId`), if any. */
export async function earlierCase(ctx: Ctx, id: number | null): Promise<EarlierCase | null> {
  if (id === null) return null
  const row = await closed(ctx).where('id', '=', id).executeTakeFirst()
  return row ? asEarlier(row) : null
}

/** How it ended last time; longer ago than that it is another story. */
export function relapseOf(ctx: Ctx, earlier: EarlierCase | null): Relapse | null {
  const { dayOf } = calendarFor(ctx.settings)
  if (earlier === null || ctx.clock.now() - earlier.closedAt > RELAPSE_MS) return null
  return { state: earlier.state, on: dayOf(earlier.closedAt) }
}

function closed(ctx: Ctx) {
  return ctx.db.selectFrom('cases').select(['id', 'state', 'closed_at']).where('closed_at', 'is not', null)
}

function asEarlier(row: { id: number; state: CaseState; closed_at: number | null }): EarlierCase {
  return { id: Number(row.id), state: row.state, closedAt: Number(row.closed_at) }
}
