import { createQuota, type Quota } from '../../adapters/dingtalk/quota.ts'
import { DINGTALK } from '../../adapters/dingtalk/schema.ts'
import { callsCard } from '../cards/admin-notice.ts'
import { systemClock } from '../clock.ts'
import type { Ctx } from '../context.ts'
import { notifyOperators } from '../push/notify-operators.ts'
import { addToState } from '../store/state.ts'
import { textFor } from '../text/index.ts'

/** The meter of the calls that the app and the group robots make; administrators hear of 70, 90 and 100 % once a month. */
export function dingtalkQuota(ctx: Ctx): Quota {
  const { clientId, monthlyApiCalls, monthlyStreamCalls } = ctx.settings.dingtalk
  return createQuota({
    name: clientId ?? 'robots',
    monthly: { api: monthlyApiCalls, stream: monthlyStreamCalls },
    count: (name, by) => addToState(ctx, name, by),
    clock: systemClock,
    log: ctx.log.child({ adapter: DINGTALK }),
    async tell(usage, share) {
      const card = callsCard(DINGTALK, usage, share, textFor(ctx.settings.locale))
      await notifyOperators(ctx, `calls:${DINGTALK}:${usage.month}:${usage.kind}:${100 * share}`, card)
    },
  })
}
