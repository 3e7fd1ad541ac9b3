import { calendarFor } from '../../calendar.ts'
import type { Ctx } from '../../context.ts'
import type { Connector } from '../connector.ts'
import { demoConnector } from '../demo/index.ts'

/** Every source the settings switch on. Files come through `import` and watched folders instead. */
export function connectorsOf(ctx: Ctx): Connector[] {
  const { enabled, customers, seed } = ctx.settings.demo
  if (!enabled) return []
  const calendar = calendarFor(ctx.settings)
  return [demoConnector({ customers, seed, today: () => calendar.dayOf(ctx.clock.now()) })]
}
