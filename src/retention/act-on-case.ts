import { type Ctx, inTransaction } from '../context.ts'
import type { CaseAction, CaseOutcome } from '../model/case.ts'
import type { Member } from '../model/member.ts'
import { addAudit } from '../store/audit.ts'
import { takeAction } from './cases.ts'
import { before, type UndoDetail } from './undo.ts'

/** A button on a case, with the audit row that 撤销 works from. Nothing changed leaves no row. */
export function actOnCase(
  ctx: Ctx,
  given: { caseId: number; actor: Member; action: CaseAction },
): Promise<CaseOutcome> {
  return inTransaction(ctx, async (ctx) => {
    const outcome = await takeAction(ctx, { ...given, at: ctx.clock.now() })
    if (!outcome.changed) return outcome
    const detail: UndoDetail = { ...before(null), followUp: null, how: 'void', case: given.caseId }
    const subject = `customer:${outcome.case.customerId}`
    await addAudit(ctx, { memberId: given.actor.id, action: 'case', subject, detail })
    return outcome
  })
}
