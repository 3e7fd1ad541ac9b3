import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import type { AppError } from '../errors.ts'
import type { Card } from '../model/card.ts'
import { notifyOperators } from './notify-operators.ts'

/** What an administrator must do about a platform that takes no calls → card. */
export type PresentHalt = (platform: string, say: string) => Card

/**
 * A platform takes no calls until an administrator acts: says so once a day and cause, on every other platform the
 * administrator is on, and to the groups that want such news. `/readyz` and the log say it in any case.
 */
export async function tellHalt(
  ctx: Ctx,
  platform: string,
  error: AppError,
  present: PresentHalt,
): Promise<void> {
  const { halt, say, data } = error
  if (halt !== 'stop' || say === undefined) return
  const day = calendarFor(ctx.settings).dayOf(ctx.clock.now())
  const cause = String(data.errcode ?? data.code ?? error.code)
  await notifyOperators(ctx, `halt:${platform}:${cause}:${day}`, present(platform, say), { except: platform })
}
