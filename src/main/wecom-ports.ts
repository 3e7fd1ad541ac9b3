import type { WecomAppPorts, WecomWebhookPorts } from '../../adapters/wecom/ports.ts'
import { systemClock } from '../clock.ts'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { robotKeys } from '../settings-robots.ts'
import { textFor } from '../text/index.ts'
import { pageAddresses } from './page-addresses.ts'
import { sharedValues } from './shared-values.ts'
import { onCustomerChange } from './wecom-contact.ts'

/** What the WeCom app needs of the house. */
export function wecomAppPorts(ctx: Ctx, drawChart: WecomAppPorts['drawChart']): WecomAppPorts {
  const { corpId, baseUrl, app } = ctx.settings.wecom
  const { plainText, accounts } = app
  return {
    settings: {
      corpId: needed(corpId),
      agentId: needed(app.agentId),
      secret: needed(app.secret),
      token: needed(app.token),
      aesKey: needed(app.aesKey),
      baseUrl,
      ...pageAddresses(ctx.settings, app.pageUrl),
      plainText,
      accounts,
    },
    words: textFor(ctx.settings.locale).wecom,
    log: ctx.log.child({ adapter: 'wecom' }),
    // The platform's time is the real one, also when the demo's clock is ahead.
    clock: systemClock,
    shared: sharedValues(ctx),
    async customerChanged(change) {
      if (ctx.settings.wecom.customers.enabled) await onCustomerChange(ctx, change)
    },
    drawChart,
  }
}

/** What the group robots need of the house; null where they are switched off. */
export function wecomWebhookPorts(
  ctx: Ctx,
  drawChart: WecomWebhookPorts['drawChart'],
): WecomWebhookPorts | null {
  const { baseUrl, webhook } = ctx.settings.wecom
  if (!webhook.enabled) return null
  const keys = robotKeys(webhook.keys)
  return {
    baseUrl,
    robots: webhook.robots.map((robot) => ({ ...robot, key: needed(keys.get(robot.name)) })),
    words: textFor(ctx.settings.locale).wecom,
    log: ctx.log.child({ adapter: 'wecom-robot' }),
    clock: systemClock,
    shared: sharedValues(ctx),
    drawChart,
  }
}

/** The settings have checked it; this tells the types. */
function needed<T>(value: T | null | undefined): T {
  if (value == null) throw new AppError('config', 'the settings of the WeCom app are not complete')
  return value
}
