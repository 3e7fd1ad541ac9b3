import { calendarFor } from '../calendar.ts'
import { type Ctx, inTransaction } from '../context.ts'
import type { Day } from '../model/day.ts'
import { HOLDOUT, isHeld, OUTCOME_DAYS } from '../model/experiment.ts'
import { openAssignments } from '../store/assignments.ts'
import { expireCases, followOwners, keepOwned } from '../store/case-upkeep.ts'
import { dutyOn } from '../store/duty.ts'
import { runningExperiment } from '../store/experiments.ts'
import { ordersDue } from '../store/order-prompts.ts'
import { dueContacts, pushCandidates } from '../store/push-candidates.ts'
import { wishesInForce } from '../store/push-wishes.ts'
import type { PlanInput } from './plan.ts'
import { restingToday } from './resting.ts'

interface Options {
  readonly showUnassigned?: boolean
}

/** Everything the plan of a day needs, with the customers that the holdout keeps back on that day. */
export async function readToday(ctx: Ctx, day: Day, options: Options = {}): Promise<PlanInput> {
  const { push } = ctx.settings
  const duty = await dutyOn(ctx, day)
  return {
    day,
    workday: calendarFor(ctx.settings).isWorkday(day),
    candidates: await pushCandidates(ctx, push.minBand),
    due: await dueContacts(ctx, day),
    orders: await ordersDue(ctx, day, push.minBand),
    holdout: await heldOn(ctx, day),
    push,
    resting: await restingToday(ctx, day),
    wishes: await wishesInForce(ctx),
    receiverOf: ({ id }) => duty.receiverOf(id),
    ...options,
  }
}

/** The control group on its days of waiting; nobody once the holdout has ended. */
async function heldOn(ctx: Ctx, day: Day): Promise<ReadonlySet<number>> {
  if (!(await runningExperiment(ctx, HOLDOUT))) return new Set()
  const open = await openAssignments(ctx, HOLDOUT, day - Math.max(...OUTCOME_DAYS))
  const held = [...open.values()].filter((one) => isHeld(one, day, one))
  return new Set(held.map(({ customerId }) => customerId))
}

/** Before a day is planned: cases follow their customers' owners, and what nobody answered is closed. */
export function tidyCases(ctx: Ctx, day: Day): Promise<{ moved: number; expired: number }> {
  return inTransaction(ctx, async (ctx) => ({
    moved: (await followOwners(ctx)) + (await keepOwned(ctx, await dutyOn(ctx, day))),
    expired: await expireCases(ctx, day - ctx.settings.push.expireAfterDays),
  }))
}
