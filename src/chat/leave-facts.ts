import type { LeaveFacts } from '../cards/leave.ts'
import type { Ctx } from '../context.ts'
import type { Absence } from '../model/duty.ts'
import { dutyOn } from '../store/duty.ts'

/** A leave as cards show it, with who stands in on its first day still to come. */
export async function leaveFacts(
  ctx: Ctx,
  leave: Absence,
  today: number,
): Promise<LeaveFacts & { readonly receiverId: number | null }> {
  const duty = await dutyOn(ctx, Math.min(Math.max(leave.from, today), leave.until - 1))
  const receiver = duty.receiverOf(leave.memberId)
  return {
    name: duty.colleagues.get(leave.memberId)?.name ?? '',
    from: leave.from,
    until: leave.until,
    last: leave.until - 1,
    receiver: receiver?.name ?? null,
    receiverId: receiver?.id ?? null,
    byLead: receiver !== null && receiver.id !== leave.deputyId,
  }
}
