import type { Ctx } from '../context.ts'
import { BANDS, bandRank } from '../model/churn.ts'
import type { HeldReason } from '../model/push.ts'
import { mutedSignals } from '../store/signal-states.ts'
import { customersCausedOnlyBy } from '../store/signal-verdicts.ts'

/** Customers that rules beside their own case hold today: those for whose risk only muted signals speak. */
export async function restingToday(ctx: Ctx): Promise<Map<number, HeldReason>> {
  const bands = BANDS.filter((band) => bandRank(band) >= bandRank(ctx.settings.push.minBand))
  const quiet = await customersCausedOnlyBy(ctx, await mutedSignals(ctx), bands)
  return new Map(quiet.map((id) => [id, 'muted-signal']))
}
