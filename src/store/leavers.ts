import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import type { Evidence } from '../model/score.ts'
import { openCases } from './cases.ts'
import { promisedContacts } from './follow-ups.ts'

/** Inactive members who still own customers, by id. */
export async function leaversWithCustomers(ctx: Ctx): Promise<number[]> {
  const rows = await ctx.db
    .selectFrom('members')
    .select('members.id')
    .where('active', '=', 0)
    .where((eb) =>
      eb.exists(
        eb.selectFrom('customers').select('customers.id').whereRef('customers.owner_id', '=', 'members.id'),
      ),
    )
    .orderBy('members.id')
    .execute()
  return rows.map((row) => Number(row.id))
}

/** The customers of a member, or (null) those of nobody, the most important first. */
export async function customersOf(
  ctx: Ctx,
  ownerId: number | null,
): Promise<{ id: number; ownerId: number | null; region: string | null }[]> {
  const rows = await ctx.db
    .selectFrom('customers')
    .leftJoin('scores', 'scores.customer_id', 'customers.id')
    .select(['customers.id', 'customers.region'])
    .where('customers.owner_id', ownerId === null ? 'is' : '=', ownerId)
    .orderBy((eb) => eb.fn.coalesce('scores.priority', eb.lit(-1)), 'desc')
    .orderBy('customers.id')
    .execute()
  return rows.map((row) => ({ id: Number(row.id), ownerId, region: row.region }))
}

/** What cannot wait at a customer that changes hands: a promise, or an open case with its reasons. */
export interface OpenMatter {
  readonly customerId: number
  readonly customerName: string
  /** The promised day. */
  readonly nextOn: Day | null
  readonly why: readonly Evidence[]
  /** A case is open: with the owner, or with whoever keeps it meanwhile. */
  readonly open: boolean
}

const MANY = 2_000

/** Promises by day, then open cases by due time, of the customers of a member. */
export async function openMatters(ctx: Ctx, memberId: number): Promise<OpenMatter[]> {
  const scope = { kind: 'own', memberId } as const
  const cases = await openCases(ctx, scope, { limit: MANY })
  const whyOf = new Map(cases.map((one) => [one.customerId, one.why]))
  const promises = await promisedContacts(ctx, scope, { limit: MANY })
  const promised = new Set(promises.map((one) => one.customerId))
  return [
    ...promises.map(({ customerId, customerName, nextOn }) => ({
      customerId,
      customerName,
      nextOn,
      why: whyOf.get(customerId) ?? [],
      open: whyOf.has(customerId),
    })),
    ...cases
      .filter((one) => !promised.has(one.customerId))
      .map(({ customerId, customerName, why }) => ({
        customerId,
        customerName,
        nextOn: null,
        why,
        open: true,
      })),
  ]
}

/** Members somebody bound to a chat account: the others cannot be told. */
export async function reachableMembers(ctx: Ctx): Promise<Set<number>> {
  const rows = await ctx.db.selectFrom('identities').select('member_id').distinct().execute()
  return new Set(rows.map((row) => Number(row.member_id)))
}
