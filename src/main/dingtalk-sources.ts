import { type Api, createApi } from '../../adapters/dingtalk/api.ts'
import { createContacts } from '../../adapters/dingtalk/contacts.ts'
import { createLimits } from '../../adapters/dingtalk/limits.ts'
import { createQuota, type Quota } from '../../adapters/dingtalk/quota.ts'
import { readDirectory } from '../../adapters/dingtalk/sources.ts'
import { transport } from '../../adapters/dingtalk/transport.ts'
import { sealedValues } from '../../adapters/shared/sealed-values.ts'
import type { Ctx } from '../context.ts'
import type { DirectoryMember } from '../model/address-book.ts'
import type { Connector } from '../sync/connector.ts'
import { directory } from '../sync/connectors/directory.ts'
import { dingtalkPorts } from './dingtalk-ports.ts'

/** The API of the app outside the service; tokens and the count of calls are shared with it. */
export function dingtalkApi(ctx: Ctx): { readonly api: Api; readonly quota: Quota } {
  const { settings, shared, words, count, clock, log } = dingtalkPorts(ctx, null)
  const { clientId, clientSecret, monthly } = settings
  const warn = (usage: object): void => log.error({ ...usage }, 'much of the DingTalk calls is used')
  const quota = createQuota({ name: clientId, monthly, count, clock, log, warn })
  const api = createApi({
    settings,
    transport,
    limits: createLimits({ clock, shared, clientId }),
    quota,
    clock,
    shared: sealedValues(shared, clientSecret),
    words,
    heard: () => undefined,
  })
  return { api, quota }
}

/** Everybody in the departments of the settings. */
export function dingtalkMembers(ctx: Ctx, api: Api, signal: AbortSignal): Promise<DirectoryMember[]> {
  const { departments } = ctx.settings.dingtalk.directory
  const { clock } = dingtalkPorts(ctx, null)
  return readDirectory({ contacts: createContacts(api), clock, departments }, signal)
}

/** What is pulled from DingTalk, as the settings switch it on. */
export function dingtalkSources(ctx: Ctx): Connector[] {
  const { enabled, admins } = ctx.settings.dingtalk.directory
  if (!enabled) return []
  const { api } = dingtalkApi(ctx)
  const read = (signal: AbortSignal): Promise<DirectoryMember[]> => dingtalkMembers(ctx, api, signal)
  return [directory(ctx, { source: 'dingtalk-directory', platform: 'dingtalk', admins, read })]
}
