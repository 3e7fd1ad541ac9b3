import { type Ctx, inTransaction } from '../context.ts'
import type { Day } from '../model/day.ts'
import type { Member } from '../model/member.ts'
import { addAudit } from '../store/audit.ts'
import { addFollowUp, NOTHING_READ } from '../store/follow-ups.ts'
import { addToldContactChange } from '../store/told-contact-changes.ts'
import { textFor } from '../text/index.ts'
import { before, type UndoDetail } from './undo.ts'

/**
 * 换人 (A48): the change as an event of today, which the coming night's score knows, and a note that promises to meet the new contact by `meetBy`. The list of contacts stays what its source says. 撤销 takes both back.
 * The caller has checked that the customer is in the actor's scope. False when today's change was told before.
 */
export function registerContactChange(
  ctx: Ctx,
  given: {
    readonly actor: Member
    readonly customerId: number
    /** Who left; may be empty. */
    readonly left: string
    readonly joined: string
    readonly today: Day
    readonly meetBy: Day
    readonly inboundKey: string
  },
): Promise<boolean> {
  return inTransaction(ctx, async (ctx) => {
    const { actor, customerId, left, joined, today, meetBy, inboundKey } = given
    const event = await addToldContactChange(ctx, { customerId, day: today, left, joined })
    if (event === null) return false
    const followUp = await addFollowUp(ctx, {
      ...{ customerId, caseId: null, memberId: actor.id, day: today },
      ...{ ...NOTHING_READ, reason: 'contact-change', nextOn: meetBy },
      ...{ note: textFor(ctx.settings.locale).voices.contact.note(left, joined), inboundKey },
    })
    const detail: UndoDetail = { ...before(null), followUp: followUp.id, how: 'void', event, case: null }
    await addAudit(ctx, {
      memberId: actor.id,
      action: 'follow-up',
      subject: `customer:${customerId}`,
      detail,
    })
    return true
  })
}
