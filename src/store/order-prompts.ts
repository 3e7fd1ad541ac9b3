import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import { BANDS, type Band, bandRank } from '../model/churn.ts'
import type { Day } from '../model/day.ts'
import type { OrderDue } from '../model/push.ts'
import { followUpsByCustomer } from './push-candidates.ts'

/**
 * Customers below `minBand` whose expected-order window holds `day`, without an open case and not told of in this
 * cycle. Who was given up or called a false alarm since its last order is left alone. For jobs and the operator:
 * not limited to a scope.
 */
export async function ordersDue(ctx: Ctx, day: Day, minBand: Band): Promise<OrderDue[]> {
  const calmer = BANDS.filter((band) => bandRank(band) < bandRank(minBand))
  const rows = calmer.length === 0 ? [] : await dueRows(ctx, day, calmer)
  if (rows.length === 0) return []
  const followed = await followUpsByCustomer(ctx)
  const rested = await restedByCustomer(ctx)
  return rows.flatMap((row) => {
    const customerId = Number(row.customerId)
    const after = Number(row.after)
    if ((rested.get(customerId) ?? Number.NEGATIVE_INFINITY) >= after) return []
    const owner = { id: Number(row.ownerId), name: row.ownerName, active: Number(row.ownerActive) === 1 }
    const [from, due, until, every] = [row.from, row.due, row.until, row.every].map(Number)
    return [
      {
        customerId,
        customerName: row.customerName,
        owner,
        next: { after, from: from ?? day, due: due ?? day, until: until ?? day, every: every ?? 0 },
        value12m: Number(row.value12m),
        followUp: followed.get(customerId) ?? null,
      },
    ]
  })
}

function dueRows({ db }: Ctx, day: Day, bands: readonly Band[]) {
  return db
    .selectFrom('scores')
    .innerJoin('customers', 'customers.id', 'scores.customer_id')
    .innerJoin('members', 'members.id', 'customers.owner_id')
    .leftJoin('order_prompts', 'order_prompts.customer_id', 'scores.customer_id')
    .leftJoin('cases', (join) =>
      join.onRef('cases.customer_id', '=', 'scores.customer_id').on('cases.closed_at', 'is', null),
    )
    .select([
      'customers.id as customerId',
      'customers.name as customerName',
      'members.id as ownerId',
      'members.name as ownerName',
      'members.active as ownerActive',
      'scores.value_12m as value12m',
      'scores.next_order_after as after',
      'scores.next_order_from as from',
      'scores.next_order_due as due',
      'scores.next_order_until as until',
      'scores.next_order_every as every',
    ])
    .where('scores.next_order_from', '<=', day)
    .where('scores.next_order_until', '>=', day)
    .where('scores.churned', '=', 0)
    .where('scores.band', 'in', bands)
    .where('cases.id', 'is', null)
    .where((eb) =>
      eb.or([
        eb('order_prompts.after_on', 'is', null),
        eb('order_prompts.after_on', '<>', eb.ref('scores.next_order_after')),
      ]),
    )
    .orderBy('customers.id')
    .execute()
}

/** The day each customer's case was last closed as lost or as a false alarm. */
async function restedByCustomer(ctx: Ctx): Promise<Map<number, Day>> {
  const { dayOf } = calendarFor(ctx.settings)
  const rows = await ctx.db
    .selectFrom('cases')
    .select((eb) => ['customer_id', eb.fn.max('closed_at').as('at')])
    .where('state', 'in', ['lost', 'false-alarm'])
    .groupBy('customer_id')
    .execute()
  return new Map(rows.map((row) => [Number(row.customer_id), dayOf(Number(row.at))]))
}

/** In the transaction of the message: the customer's cycle that began with the order of `after` is told of. */
export async function rememberPrompt(
  ctx: Ctx,
  prompt: { customerId: number; memberId: number; after: Day; on: Day },
): Promise<void> {
  const told = { after_on: prompt.after, prompted_on: prompt.on, member_id: prompt.memberId }
  await ctx.db
    .insertInto('order_prompts')
    .values({ customer_id: prompt.customerId, ...told })
    .onConflict((oc) => oc.column('customer_id').doUpdateSet(told))
    .execute()
}
