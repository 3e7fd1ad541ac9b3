import { type Ctx, inTransaction } from '../context.ts'
import type { Day } from '../model/day.ts'
import type { Colleague } from '../model/duty.ts'
import { addAudit } from '../store/audit.ts'
import { dutyOn } from '../store/duty.ts'
import { customersOf, reachableMembers } from '../store/leavers.ts'
import { loadsNow } from '../store/loads.ts'
import { pushCandidates } from '../store/push-candidates.ts'
import { addHandOver, giveCustomer } from '../store/transfers.ts'
import { loadOf } from './leavers.ts'
import { spread } from './spread.ts'

/** How many customers somebody was given. */
export interface Assigned {
  readonly to: Colleague
  readonly customers: number
}

/**
 * Gives customers at risk that nobody owns to exactly one rep each: of the customer's region first, then whoever has
 * the least at hand, as many a rep as one day's digest holds. Runs at the same time give every customer once (A53).
 */
export function assignUnowned(ctx: Ctx, day: Day): Promise<Assigned[]> {
  return inTransaction(ctx, async (ctx) => {
    const { minBand, perDay } = ctx.settings.push
    const atRisk = (await pushCandidates(ctx, minBand)).filter((one) => one.owner === null)
    if (atRisk.length === 0) return []
    const duty = await dutyOn(ctx, day)
    const reachable = await reachableMembers(ctx)
    const loads = await loadsNow(ctx)
    const takers = [...duty.colleagues.values()]
      .filter(({ id, role }) => role === 'rep' && duty.isThere(id) && reachable.has(id))
      .map(({ id, region }) => ({ id, region, load: loadOf(loads, id) }))
    const ids = new Set(atRisk.map((one) => one.customerId))
    const customers = (await customersOf(ctx, null)).filter(({ id }) => ids.has(id))
    const plan = spread(customers, takers, perDay)
    if (plan.size === 0) return []
    const handOverId = await addHandOver(ctx, { kind: 'assign', memberId: null, byId: null })
    const given = new Map<number, number>()
    for (const customer of customers) {
      const toId = plan.get(customer.id)
      if (toId === undefined || !(await giveCustomer(ctx, customer, { handOverId, toId, byId: null })))
        continue
      given.set(toId, (given.get(toId) ?? 0) + 1)
      const subject = `customer:${customer.id}`
      await addAudit(ctx, {
        memberId: null,
        action: 'assign',
        subject,
        detail: { handOver: handOverId, to: toId },
      })
    }
    return [...given].flatMap(([id, customers]) => {
      const to = duty.colleagues.get(id)
      return to ? [{ to, customers }] : []
    })
  })
}
