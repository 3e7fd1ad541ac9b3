import { createLimits } from '../../adapters/dingtalk/limits.ts'
import { createDingtalkLogin } from '../../adapters/dingtalk/login.ts'
import { transport } from '../../adapters/dingtalk/transport.ts'
import { createWecomLogin } from '../../adapters/wecom/login.ts'
import type { Ctx } from '../context.ts'
import type { PageLogin } from '../model/login.ts'
import { dingtalkPorts } from './dingtalk-ports.ts'
import { dingtalkApi } from './dingtalk-sources.ts'
import { wecomAppPorts } from './wecom-ports.ts'
import { wecomApi } from './wecom-sources.ts'

/** The platforms whose accounts open the board: those that are switched on. */
export function pageLogins(ctx: Ctx): PageLogin[] {
  const { wecom, dingtalk } = ctx.settings
  return [...(wecom.app.enabled ? [wecomLogin(ctx)] : []), ...(dingtalk.enabled ? [dingtalkLogin(ctx)] : [])]
}

function wecomLogin(ctx: Ctx): PageLogin {
  const { insideLoginUrl, outsideLoginUrl } = ctx.settings.wecom
  const { corpId, agentId } = wecomAppPorts(ctx, null).settings
  return createWecomLogin({ corpId, agentId, insideLoginUrl, outsideLoginUrl, api: wecomApi(ctx) })
}

function dingtalkLogin(ctx: Ctx): PageLogin {
  const { api, quota } = dingtalkApi(ctx)
  const { settings, shared, words, clock } = dingtalkPorts(ctx, quota, null)
  return createDingtalkLogin({
    settings: { ...settings, loginUrl: ctx.settings.dingtalk.loginUrl },
    api,
    limits: createLimits({ clock, shared, clientId: settings.clientId }),
    transport,
    words,
  })
}
