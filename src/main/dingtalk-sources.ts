import { type Api, createApi } from '../../adapters/dingtalk/api.ts'
import { createContacts } from '../../adapters/dingtalk/contacts.ts'
import { readCustomers } from '../../adapters/dingtalk/crm.ts'
import { createLimits } from '../../adapters/dingtalk/limits.ts'
import type { Quota } from '../../adapters/dingtalk/quota.ts'
import { readDirectory } from '../../adapters/dingtalk/sources.ts'
import { transport } from '../../adapters/dingtalk/transport.ts'
import { sealedValues } from '../../adapters/shared/sealed-values.ts'
import { systemClock } from '../clock.ts'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import type { CrmPage, DirectoryMember } from '../model/address-book.ts'
import type { Connector } from '../sync/connector.ts'
import { crmCustomers } from '../sync/connectors/crm-customers.ts'
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
  const { directory: book, customers } = ctx.settings.dingtalk
  if (!book.enabled && !customers.enabled) return []
  const { api, quota } = dingtalkApi(ctx)
  const read = async (cursor: string | null): Promise<CrmPage> => {
    const page = await dingtalkCustomers(ctx, api, cursor)
    await quota.settled()
    return page
  }
  return [
    ...(book.enabled ? [dingtalkDirectory(ctx, api)] : []),
    ...(customers.enabled ? [crmCustomers(ctx, read)] : []),
  ]
}

function dingtalkDirectory(ctx: Ctx, api: Api): Connector {
  const { admins } = ctx.settings.dingtalk.directory
  const read = (signal: AbortSignal): Promise<DirectoryMember[]> => dingtalkMembers(ctx, api, signal)
  return directory(ctx, { source: 'dingtalk-directory', platform: 'dingtalk', admins, read })
}

/** One page of 客户管理, at the pace that it allows. */
export function dingtalkCustomers(ctx: Ctx, api: Api, cursor: string | null): Promise<CrmPage> {
  const { operator, kind } = ctx.settings.dingtalk.customers
  if (operator === null) throw new AppError('config', 'nobody is named in whose name customers are read')
  return readCustomers({ api, clock: systemClock, operator, kind }, cursor)
}
