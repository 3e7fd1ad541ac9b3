import type { DingtalkPorts } from '../../adapters/dingtalk/ports.ts'
import type { Quota } from '../../adapters/dingtalk/quota.ts'
import { systemClock } from '../clock.ts'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { textFor } from '../text/index.ts'
import { pageAddresses } from './page-addresses.ts'
import { sharedValues } from './shared-values.ts'

/** What the DingTalk app needs of the house. */
export function dingtalkPorts(ctx: Ctx, quota: Quota, drawChart: DingtalkPorts['drawChart']): DingtalkPorts {
  const { robotCode, pageUrl, ...settings } = ctx.settings.dingtalk
  const clientId = needed(settings.clientId)
  return {
    settings: {
      ...settings,
      ...pageAddresses(ctx.settings, pageUrl),
      clientId,
      corpId: needed(settings.corpId),
      clientSecret: needed(settings.clientSecret),
      robotCode: robotCode ?? clientId,
    },
    words: textFor(ctx.settings.locale).dingtalk,
    log: ctx.log.child({ adapter: 'dingtalk' }),
    // The platform's time is the real one, also when the demo's clock is ahead.
    clock: systemClock,
    shared: sharedValues(ctx),
    quota,
    drawChart,
  }
}

/** The settings have checked it; this tells the types. */
function needed<T>(value: T | null | undefined): T {
  if (value == null) throw new AppError('config', 'the settings of the DingTalk app are not complete')
  return value
}
