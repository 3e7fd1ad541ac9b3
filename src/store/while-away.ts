import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import type { Workload } from '../model/hand-over.ts'
import { promisedContacts } from './follow-ups.ts'

/** What others did with a member's customers, for the summary of the return. */
export interface WhileAway {
  readonly followUps: readonly {
    readonly customerName: string
    readonly by: string
    readonly outcome: string | null
    readonly day: Day
  }[]
  /** Customers whose case was opened meanwhile and is still open. */
  readonly opened: readonly string[]
  /** Promised contacts that are due now. */
  readonly due: readonly { readonly customerName: string; readonly nextOn: Day }[]
}

const LIMIT = 50
const MAX_PROMISES = 2_000

/** What happened on [from, until) with the customers of a member. */
export async function whileAway(
  ctx: Ctx,
  { memberId, from, until }: { readonly memberId: number; readonly from: Day; readonly until: Day },
): Promise<WhileAway> {
  const followUps = await ctx.db
    .selectFrom('follow_ups')
    .innerJoin('customers', 'customers.id', 'follow_ups.customer_id')
    .innerJoin('members', 'members.id', 'follow_ups.member_id')
    .select(['customers.name as customerName', 'members.name as by', 'follow_ups.outcome', 'follow_ups.day'])
    .where('customers.owner_id', '=', memberId)
    .where('follow_ups.member_id', '!=', memberId)
    .where('follow_ups.undone_at', 'is', null)
    .where('follow_ups.day', '>=', from)
    .where('follow_ups.day', '<', until)
    .orderBy('follow_ups.id', 'desc')
    .limit(LIMIT)
    .execute()
  const opened = await ctx.db
    .selectFrom('cases')
    .innerJoin('customers', 'customers.id', 'cases.customer_id')
    .select('customers.name as name')
    .where('cases.owner_id', '=', memberId)
    .where('cases.closed_at', 'is', null)
    .where('cases.opened_on', '>=', from)
    .where('cases.opened_on', '<', until)
    .orderBy('cases.due_at')
    .orderBy('cases.id')
    .limit(LIMIT)
    .execute()
  const due = await promisedContacts(ctx, { kind: 'own', memberId }, { until, limit: LIMIT })
  return {
    followUps: followUps.map((row) => ({ ...row, day: Number(row.day) })),
    opened: opened.map((row) => row.name),
    due,
  }
}

/** What waits with a member: own customers, open cases, promised contacts of any day. */
export async function workloadOf(ctx: Ctx, memberId: number): Promise<Workload> {
  const { customers } = await ctx.db
    .selectFrom('customers')
    .select((eb) => eb.fn.countAll().as('customers'))
    .where('owner_id', '=', memberId)
    .executeTakeFirstOrThrow()
  const { cases } = await ctx.db
    .selectFrom('cases')
    .select((eb) => eb.fn.countAll().as('cases'))
    .where('owner_id', '=', memberId)
    .where('closed_at', 'is', null)
    .executeTakeFirstOrThrow()
  const promises = await promisedContacts(ctx, { kind: 'own', memberId }, { limit: MAX_PROMISES })
  return { customers: Number(customers), cases: Number(cases), promises: promises.length }
}
