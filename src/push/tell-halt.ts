import { calendarFor } from '../calendar.ts'
import { haltCard } from '../cards/admin-notice.ts'
import type { Ctx } from '../context.ts'
import type { AppError } from '../errors.ts'
import { textFor } from '../text/index.ts'
import { notifyAdmins } from './notify-admins.ts'

/**
 * A platform takes no calls until an administrator acts: says so once a day and cause, on every other platform the
 * administrator is on. `/readyz` and the log say it in any case.
 */
export async function tellHalt(ctx: Ctx, platform: string, error: AppError): Promise<void> {
  const { halt, say, data } = error
  if (halt !== 'stop' || say === undefined) return
  const day = calendarFor(ctx.settings).dayOf(ctx.clock.now())
  const card = haltCard(platform, say, textFor(ctx.settings.locale))
  const cause = String(data.errcode ?? data.code ?? error.code)
  await notifyAdmins(ctx, `halt:${platform}:${cause}:${day}`, card, { except: platform })
}
