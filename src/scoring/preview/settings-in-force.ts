import type { Ctx } from '../../context.ts'
import { asAppError } from '../../errors.ts'
import type { Settings } from '../../settings.ts'
import { activeSettings, type SettingsVersion } from '../../store/settings-versions.ts'
import { draftSettings } from './draft-settings.ts'

/** One object per version, so that what is made once per settings object (calendars) is made once. */
const made = new WeakMap<Settings, { readonly sets: string; readonly settings: Settings }>()

/**
 * The context with the settings saved in chat over those of the file. Saved settings that no longer fit the file are
 * left aside with a warning, so that nothing stops.
 */
export async function withSavedSettings<C extends Ctx>(ctx: C): Promise<C> {
  const saved = await activeSettings(ctx)
  if (!saved) return ctx
  const sets = JSON.stringify(saved.sets)
  const known = made.get(ctx.settings)
  if (known?.sets === sets) return { ...ctx, settings: known.settings }
  const settings = applied(ctx, saved)
  made.set(ctx.settings, { sets, settings })
  return { ...ctx, settings }
}

function applied(ctx: Ctx, saved: SettingsVersion): Settings {
  try {
    return draftSettings(ctx.settings, saved.sets)
  } catch (thrown) {
    const { say } = asAppError(thrown)
    ctx.log.warn({ version: saved.id, problems: say }, 'the settings saved in chat do not fit the file')
    return ctx.settings
  }
}
