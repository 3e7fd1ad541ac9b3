import { calendarFor } from '../calendar.ts'
import { type Ctx, inTransaction } from '../context.ts'
import type { Day } from '../model/day.ts'
import { expireCases, followOwners, keepOwned } from '../store/case-upkeep.ts'
import { dutyOn } from '../store/duty.ts'
import { ordersDue } from '../store/order-prompts.ts'
import { dueContacts, pushCandidates } from '../store/push-candidates.ts'
import { type Plan, planDay } from './plan.ts'

/** Reads what the plan of a day needs and plans it. Writes nothing. */
export async function planToday(
  ctx: Ctx,
  day: Day,
  options: { readonly showUnassigned?: boolean } = {},
): Promise<Plan> {
  const { push } = ctx.settings
  const duty = await dutyOn(ctx, day)
  return planDay({
    day,
    workday: calendarFor(ctx.settings).isWorkday(day),
    candidates: await pushCandidates(ctx, push.minBand),
    due: await dueContacts(ctx, day),
    orders: await ordersDue(ctx, day, push.minBand),
    push,
    receiverOf: ({ id }) => duty.receiverOf(id),
    ...options,
  })
}

/** Before a day is planned: cases follow their customers' owners, and what nobody answered is closed. */
export function tidyCases(ctx: Ctx, day: Day): Promise<{ moved: number; expired: number }> {
  return inTransaction(ctx, async (ctx) => ({
    moved: (await followOwners(ctx)) + (await keepOwned(ctx, await dutyOn(ctx, day))),
    expired: await expireCases(ctx, day - ctx.settings.push.expireAfterDays),
  }))
}
