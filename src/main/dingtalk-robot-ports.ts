import type { DingtalkRobotPorts } from '../../adapters/dingtalk/robot-ports.ts'
import { systemClock } from '../clock.ts'
import type { Ctx } from '../context.ts'
import { robotKeys } from '../settings-robots.ts'
import { textFor } from '../text/index.ts'
import { pageAddresses } from './page-addresses.ts'
import { sharedValues } from './shared-values.ts'

/** What the DingTalk group robots need of the house; null where they are switched off. */
export function dingtalkRobotPorts(ctx: Ctx, spend: () => void): DingtalkRobotPorts | null {
  const { legacyUrl, pageUrl, webhook } = ctx.settings.dingtalk
  if (!webhook.enabled) return null
  const keys = robotKeys(webhook.keys)
  return {
    baseUrl: legacyUrl,
    pageUrl: pageAddresses(ctx.settings, pageUrl).pageUrl,
    robots: webhook.robots.map(({ name, mention, keyword }) => {
      // `access_token:SEC…`; the settings have checked that it is there.
      const [accessToken = '', secret = null] = (keys.get(name) ?? '').split(':')
      return { name, mention, keyword, accessToken, secret }
    }),
    words: textFor(ctx.settings.locale).dingtalk,
    // The platform's time is the real one, also when the demo's clock is ahead.
    clock: systemClock,
    shared: sharedValues(ctx),
    spend,
  }
}
