import { createLanguageModel } from '../../adapters/language-model/index.ts'
import type { Ctx } from '../context.ts'

/** The language model of `understand.assist`, for a context to hold; nothing of it where it is switched off. */
export function withLanguageModel<C extends Ctx>(ctx: C): C {
  const { enabled, url, model, apiKey = null, timeoutMs } = ctx.settings.understand.assist
  if (!enabled || url === null || model === null) return ctx
  const { clock, log } = ctx
  return { ...ctx, languageModel: createLanguageModel({ clock, log, url, model, apiKey, timeoutMs }) }
}
