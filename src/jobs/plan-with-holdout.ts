import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import type { Alert } from '../model/experiment.ts'
import { awaitingDigest } from '../push/enqueue.ts'
import { type Plan, type PlanInput, planDay } from '../push/plan.ts'
import { readToday } from '../push/plan-today.ts'
import { EPISODE_DAYS, holdBack } from '../retention/hold-back.ts'
import { teamsOfOwners } from '../store/directory.ts'

/**
 * The plan of a day after the lots of the holdout are drawn: whoever would be pushed for a risk gets an arm, the control
 * arm is held back, and the next in line moves up and gets an arm too. Push and proof do not know each other; this edge
 * joins them.
 */
export async function planWithHoldout(
  ctx: Ctx,
  day: Day,
  { dryRun, ...options }: { readonly dryRun: boolean; readonly showUnassigned?: boolean },
): Promise<Plan> {
  const input = await readToday(ctx, day, options)
  const first = planDay(input)
  const reps = first.reps.flatMap(({ memberId }) => memberId ?? [])
  const told = await awaitingDigest(ctx, day, reps)
  const teams = await teamsOfOwners(ctx)
  const lately = new Set(
    input.candidates.filter((one) => wasPushedLately(one, day)).map((one) => one.customerId),
  )
  const alertsOf = (holdout: ReadonlySet<number>): Alert[] =>
    planDay({ ...input, holdout })
      .reps.filter(({ memberId }) => memberId !== null && told.has(memberId))
      .flatMap(({ items }) => items)
      .filter(({ reason, customerId }) => LOTS.includes(reason) && !lately.has(customerId))
      .map(({ customerId, tier, owner }) => ({
        customerId,
        day,
        tier,
        teamId: teams.get(owner?.id ?? 0) ?? null,
      }))
  return planDay({ ...input, holdout: await holdBack(ctx, day, alertsOf, { dryRun }) })
}

/** An event is never held back, nor what a rep asked for or promised: such customers take no part. */
const LOTS: readonly string[] = ['priority', 'worse']

/** It had its alert before the lots were drawn, so it is no new one. */
function wasPushedLately({ lastPush }: PlanInput['candidates'][number], day: Day): boolean {
  return lastPush !== null && lastPush.on >= day - EPISODE_DAYS
}
