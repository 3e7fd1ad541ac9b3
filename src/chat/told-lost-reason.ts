import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import { LOST_REASONS, type LostReason } from '../model/case.ts'
import { toldReason } from '../retention/plays/told-reason.ts'
import { lastOrders, lastTouches } from '../store/customer-history.ts'
import type { Call } from './command.ts'

const LAST_TOUCHES = 10

/** The reason for trouble that the follow-ups since the last order tell of, as a reason of a loss. */
export async function toldLostReason(
  ctx: Ctx,
  { scope, today }: Pick<Call<unknown>, 'scope' | 'today'>,
  customerId: number,
): Promise<LostReason | null> {
  const touches = await lastTouches(ctx, scope, customerId, LAST_TOUCHES)
  const [order] = await lastOrders(ctx, scope, customerId, 1)
  const told = toldReason(touches, { today, calendar: calendarFor(ctx.settings) }, order?.day ?? null)
  if (told?.reason === 'channel-switch') return 'moved-channel'
  return LOST_REASONS.find((reason) => reason === told?.reason) ?? null
}
