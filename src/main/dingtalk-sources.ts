import { type Api, createApi } from '../../adapters/dingtalk/api.ts'
import { createContacts } from '../../adapters/dingtalk/contacts.ts'
import { createLimits } from '../../adapters/dingtalk/limits.ts'
import type { Quota } from '../../adapters/dingtalk/quota.ts'
import { readDirectory } from '../../adapters/dingtalk/sources.ts'
import { transport } from '../../adapters/dingtalk/transport.ts'
import { sealedValues } from '../../adapters/shared/sealed-values.ts'
import { systemClock } from '../clock.ts'
import type { Ctx } from '../context.ts'
import type { DirectoryMember } from '../model/address-book.ts'
import type { Connector } from '../sync/connector.ts'
import { directory } from '../sync/connectors/directory.ts'
import { dingtalkPorts } from './dingtalk-ports.ts'
import { dingtalkQuota } from './dingtalk-quota.ts'

/** The API of the app outside the service; tokens and the count of calls are shared with it. */
export function dingtalkApi(ctx: Ctx): { readonly api: Api; readonly quota: Quota } {
  const quota = dingtalkQuota(ctx)
  const { settings, shared, words, clock } = dingtalkPorts(ctx, quota, null)
  const api = createApi({
    settings,
    transport,
    limits: createLimits({ clock, shared, clientId: settings.clientId }),
    quota,
    clock,
    shared: sealedValues(shared, settings.clientSecret),
    words,
    heard: () => undefined,
  })
  return { api, quota }
}

/** Everybody in the departments of the settings. */
export function dingtalkMembers(ctx: Ctx, api: Api, signal: AbortSignal): Promise<DirectoryMember[]> {
  const { departments } = ctx.settings.dingtalk.directory
  // The platform's time is the real one, also when the demo's clock is ahead.
  return readDirectory({ contacts: createContacts(api), clock: systemClock, departments }, signal)
}

/** What is pulled from DingTalk, as the settings switch it on. */
export function dingtalkSources(ctx: Ctx): Connector[] {
  const { enabled, admins } = ctx.settings.dingtalk.directory
  if (!enabled) return []
  const { api } = dingtalkApi(ctx)
  const read = (signal: AbortSignal): Promise<DirectoryMember[]> => dingtalkMembers(ctx, api, signal)
  return [directory(ctx, { source: 'dingtalk-directory', platform: 'dingtalk', admins, read })]
}
