import type { Scope } from '../../access.ts'
import { calendarFor } from '../../calendar.ts'
import type { CustomerView } from '../../chat/customer-view.ts'
import type { Ctx } from '../../context.ts'
import { explainCustomer } from '../../scoring/explain-one.ts'
import type { Text } from '../../text/index.ts'
import type { CustomerPageInput } from '../pages/customer-page.ts'

const MINUTE_MS = 60_000

/** The reasons as 「为什么」 gives them in chat; null before any score. */
export async function customerReasons(
  ctx: Ctx,
  scope: Scope,
  { score, customer }: CustomerView,
): Promise<CustomerPageInput['why']> {
  if (!score) return null
  const explained = await explainCustomer(ctx, scope, customer.id, score.asOf)
  return {
    score,
    evidence: explained?.evidence ?? score.evidence,
    base: explained?.score.base ?? 0,
    whatIf: explained?.whatIf() ?? null,
  }
}

/** Until when a case wants a follow-up, in the time of the business: 11/25（周三） 18:00 前跟进. */
export function dueWords(ctx: Ctx, dueAt: number, text: Text): string {
  const { dayOf, instant } = calendarFor(ctx.settings)
  const day = dayOf(dueAt)
  const minutes = Math.floor((dueAt - instant(day)) / MINUTE_MS)
  const clock = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0'))
  return text.board.due(`${text.common.day(day)} ${clock.join(':')}`, dueAt <= ctx.clock.now())
}
