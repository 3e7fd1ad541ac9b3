import { calendarFor } from '../../calendar.ts'
import type { Ctx } from '../../context.ts'
import type { ContactBehaviour } from '../../model/address-book.ts'
import { lastBehaviourDay, saveBehaviour } from '../../store/wecom-behaviour.ts'
import type { Connector } from '../connector.ts'

export interface BehaviourOptions {
  /** Members with customer contact. */
  readonly users: () => Promise<readonly string[]>
  /** Instants of the first and the last day, both included; null where the platform refuses the member. */
  readonly read: (user: string, span: { from: number; to: number }) => Promise<ContactBehaviour[] | null>
}

/** What a first reading looks back on: the period that is shown. */
const FIRST_DAYS = 30

/**
 * How members answer their customers in WeChat, day by day up to yesterday: today is not over. Only what is new is read,
 * and the last day kept once more, for WeCom may not have counted it to the end.
 */
export function wecomBehaviour(ctx: Ctx, { users, read }: BehaviourOptions): Connector {
  return {
    name: 'wecom-behaviour',
    async *pull(cursor, signal) {
      const calendar = calendarFor(ctx.settings)
      const yesterday = calendar.dayOf(ctx.clock.now()) - 1
      const all = [...(await users())].toSorted()
      for (const user of all.filter((one) => one > (cursor ?? ''))) {
        signal.throwIfAborted()
        const last = await lastBehaviourDay(ctx, user)
        if (last !== null && last >= yesterday) continue
        const from = Math.max(last ?? 0, yesterday - FIRST_DAYS + 1)
        const span = { from: calendar.instant(from), to: calendar.instant(yesterday) }
        const days = (await read(user, span)) ?? []
        await saveBehaviour(
          ctx,
          user,
          days.map((one) => ({ ...one, day: calendar.dayOf(one.at) })),
        )
        yield { rows: [], next: user }
      }
      yield { rows: [], next: '' }
    },
  }
}
