import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { LeasePort, WecomAibotPorts } from '../../adapters/wecom/ports.ts'
import { systemClock } from '../clock.ts'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { personId } from '../model/person-id.ts'
import { releaseLease, takeLease } from '../store/leases.ts'
import { memberByIdentity } from '../store/members.ts'
import { textFor } from '../text/index.ts'
import { sharedValues } from './shared-values.ts'
import { wecomApi } from './wecom-sources.ts'

/** What the smart robot needs of the house; null where it is switched off. */
export function wecomAibotPorts(ctx: Ctx): WecomAibotPorts | null {
  const { baseUrl, aibot } = ctx.settings.wecom
  if (!aibot.enabled) return null
  return {
    settings: { name: aibot.name, baseUrl, mode: modeOf(aibot) },
    words: textFor(ctx.settings.locale).wecom,
    log: ctx.log.child({ adapter: 'wecom-aibot' }),
    clock: systemClock,
    shared: sharedValues(ctx),
    lease: robotLease(ctx, `${hostname()}:${process.pid}:${randomUUID()}`),
    userOf: plainUsers(ctx),
  }
}

function modeOf({ mode, token, aesKey, botId, secret, socketUrl }: Ctx['settings']['wecom']['aibot']) {
  if (mode === 'callback' && token !== undefined && aesKey !== undefined) {
    return { kind: 'callback', token, aesKey } as const
  }
  if (mode === 'connection' && botId !== undefined && secret !== undefined) {
    return { kind: 'connection', botId, secret, socketUrl } as const
  }
  // The settings have checked it; this tells the types.
  throw new AppError('config', 'the settings of the WeCom robot are not complete')
}

/** The one long connection, shared by all processes on one database. `holder`: a name that no other process has. */
export function robotLease(ctx: Ctx, holder: string): LeasePort {
  const name = 'wecom.aibot'
  const real = { ...ctx, clock: systemClock }
  return {
    take: (ms) => takeLease(real, name, holder, ms),
    release: () => releaseLease(real, name, holder),
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
