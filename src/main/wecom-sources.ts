import { sealedValues } from '../../adapters/shared/sealed-values.ts'
import { type Api, createApi } from '../../adapters/wecom/api.ts'
import { readBehaviour } from '../../adapters/wecom/behaviour.ts'
import { createLimits } from '../../adapters/wecom/limits.ts'
import { readCustomers, readDirectory } from '../../adapters/wecom/sources.ts'
import { createTransport } from '../../adapters/wecom/transport.ts'
import type { Ctx } from '../context.ts'
import type { Connector } from '../sync/connector.ts'
import { directory } from '../sync/connectors/directory.ts'
import { wecomBehaviour } from '../sync/connectors/wecom-behaviour.ts'
import { wecomCustomers } from '../sync/connectors/wecom-customers.ts'
import { tellUnread } from './wecom-contact.ts'
import { wecomAppPorts } from './wecom-ports.ts'

/** The API of the app for reading; tokens are shared with the service. */
export function wecomApi(ctx: Ctx, heard: Parameters<typeof createApi>[0]['heard'] = () => undefined): Api {
  const { settings, shared, words, clock, log } = wecomAppPorts(ctx, null)
  return createApi({
    ...settings,
    transport: createTransport(settings.baseUrl),
    limits: createLimits(clock),
    clock,
    log,
    shared: sealedValues(shared, settings.secret),
    words,
    heard,
  })
}

/** What is pulled from WeCom, as the settings switch it on: members first, for they own the customers. */
export function wecomSources(ctx: Ctx): Connector[] {
  const { directory: book, customers } = ctx.settings.wecom
  if (!book.enabled && !customers.enabled) return []
  const api = wecomApi(ctx)
  return [
    ...(book.enabled ? [wecomDirectory(ctx, api)] : []),
    ...(customers.enabled ? contactSources(ctx, api) : []),
  ]
}

/** Customers with everybody who has them, and how members answer them. */
function contactSources(ctx: Ctx, api: Api): Connector[] {
  return [
    wecomCustomers(ctx, {
      read: (after, signal) => readCustomers(api, after, signal),
      unread: (members) => tellUnread(ctx, members),
    }),
    wecomBehaviour(ctx, {
      users: () => api.followUsers(),
      read: (user, span) => readBehaviour(api, user, span),
    }),
  ]
}

function wecomDirectory(ctx: Ctx, api: Api): Connector {
  const { admins } = ctx.settings.wecom.directory
  const read = (signal: AbortSignal) => readDirectory(api, signal)
  return directory(ctx, { source: 'wecom-directory', platform: 'wecom', admins, read })
}
