import type { Ctx } from '../context.ts'
import { BANDS, bandRank } from '../model/churn.ts'
import type { Day } from '../model/day.ts'
import type { HeldReason } from '../model/push.ts'
import { heldByDips } from '../store/group-dips.ts'
import { mutedSignals } from '../store/signal-states.ts'
import { customersCausedOnlyBy } from '../store/signal-verdicts.ts'

/**
 * Customers that rules beside their own case hold on a day: those for whose risk only muted signals speak, and those of
 * a group that fell together, until a lead has had time to look.
 */
export async function restingToday(ctx: Ctx, day: Day): Promise<Map<number, HeldReason>> {
  const bands = BANDS.filter((band) => bandRank(band) >= bandRank(ctx.settings.push.minBand))
  const quiet = await customersCausedOnlyBy(ctx, await mutedSignals(ctx), bands)
  const fallen = await heldByDips(ctx, day)
  return new Map<number, HeldReason>([
    ...fallen.map((id) => [id, 'group-dip'] as const),
    ...quiet.map((id) => [id, 'muted-signal'] as const),
  ])
}
