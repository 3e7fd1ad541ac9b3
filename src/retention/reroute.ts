import { calendarFor } from '../calendar.ts'
import { type Ctx, inTransaction } from '../context.ts'
import type { Day } from '../model/day.ts'
import type { Duty } from '../model/duty.ts'
import { dutyOn } from '../store/duty.ts'
import { addressesOf } from '../store/members.ts'
import { giveUpPush, redirectPush, waitingPushes } from '../store/outbox-redirect.ts'
import { textFor } from '../text/index.ts'

/**
 * Pushes written for people who will not be there when they go out are given to those who stand in, marked 代. What
 * nobody is there for becomes a dead letter. Returns how many were redirected.
 */
export function reroutePushes(ctx: Ctx): Promise<number> {
  return inTransaction(ctx, async (ctx) => {
    const { dayOf } = calendarFor(ctx.settings)
    const words = textFor(ctx.settings.locale).handOver
    const duties = new Map<Day, Duty>()
    let moved = 0
    for (const push of await waitingPushes(ctx)) {
      const day = dayOf(Math.max(push.notBefore, ctx.clock.now()))
      const duty = duties.get(day) ?? (await dutyOn(ctx, day))
      duties.set(day, duty)
      if (duty.isThere(push.memberId)) continue
      const receiver = duty.receiverOf(push.memberId)
      const [to] = receiver ? await addressesOf(ctx, receiver.id) : []
      const name = duty.colleagues.get(push.memberId)?.name ?? ''
      if (!to) {
        await giveUpPush(ctx, push.id, words.nobodyThere(name))
        continue
      }
      const title = words.rerouted(words.insteadOf(name), push.card.title)
      const summary = words.rerouted(words.insteadOf(name), push.card.summary)
      if (await redirectPush(ctx, push.id, to, { ...push.card, title, summary })) moved++
    }
    return moved
  })
}
