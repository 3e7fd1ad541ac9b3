import type { WecomAibotPorts } from '../../adapters/wecom/ports.ts'
import { systemClock } from '../clock.ts'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { personId } from '../model/person-id.ts'
import { memberByIdentity } from '../store/members.ts'
import { textFor } from '../text/index.ts'
import { sharedValues } from './shared-values.ts'
import { wecomApi } from './wecom-sources.ts'

/** What the smart robot needs of the house; null where it is switched off. */
export function wecomAibotPorts(ctx: Ctx): WecomAibotPorts | null {
  const { baseUrl, aibot } = ctx.settings.wecom
  if (!aibot.enabled) return null
  const { name, token, aesKey } = aibot
  if (token === undefined || aesKey === undefined)
    throw new AppError('config', 'the settings of the WeCom robot are not complete')
  return {
    settings: { name, token, aesKey, baseUrl },
    words: textFor(ctx.settings.locale).wecom,
    log: ctx.log.child({ adapter: 'wecom-aibot' }),
    clock: systemClock,
    shared: sharedValues(ctx),
    userOf: plainUsers(ctx),
  }
}

const MAX_KNOWN = 20_000

/**
 * Ids are encrypted unless a super administrator made the robot. The app can tell whose they are; whoever stays
 * unknown is nobody who was bound, and is told so.
 */
function plainUsers(ctx: Ctx): (id: string) => Promise<string> {
  const api = ctx.settings.wecom.app.enabled ? wecomApi(ctx) : null
  const known = new Map<string, string>()
  return async (id) => {
    const before = known.get(id)
    if (before !== undefined) return before
    if (api === null || (await memberByIdentity(ctx, 'wecom', personId('wecom', id)))) return id
    try {
      const user = (await api.plainUser(id)) ?? id
      if (known.size >= MAX_KNOWN) known.clear()
      known.set(id, user)
      return user
    } catch (error) {
      ctx.log.warn({ error }, 'whose id this is could not be asked')
      return id
    }
  }
}
