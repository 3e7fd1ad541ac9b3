import { signalNewsCard } from '../cards/signals.ts'
import { type Ctx, inTransaction } from '../context.ts'
import type { Day } from '../model/day.ts'
import { notifyAdmins } from '../push/notify-admins.ts'
import { reviewSignals } from '../push/quiet-signals.ts'
import { textFor } from '../text/index.ts'

/**
 * Before the plan of a morning: signals that are often wrong are warned of or muted, and the administrators hear of
 * each with its figures, in the same transaction. Returns how many changed.
 */
export function quietSignals(ctx: Ctx, day: Day): Promise<number> {
  return inTransaction(ctx, async (ctx) => {
    const changed = await reviewSignals(ctx)
    const { window } = ctx.settings.noise.signals
    for (const one of changed) {
      const card = signalNewsCard(one, window, textFor(ctx.settings.locale))
      await notifyAdmins(ctx, `signal:${one.signal}:${one.state}:${day}`, card)
    }
    return changed.length
  })
}
