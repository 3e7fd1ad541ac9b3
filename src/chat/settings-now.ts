import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import type { SettingSets } from '../model/preview.ts'
import { activeSettings } from '../store/settings-versions.ts'

/** What is saved over the settings of the file, as its card shows it. */
export async function settingsNow(
  ctx: Ctx,
): Promise<{ version: number | null; savedOn: Day | null; sets: SettingSets }> {
  const active = await activeSettings(ctx)
  if (!active) return { version: null, savedOn: null, sets: {} }
  const savedOn = calendarFor(ctx.settings).dayOf(active.decidedAt ?? active.createdAt)
  return { version: active.id, savedOn, sets: active.sets }
}
