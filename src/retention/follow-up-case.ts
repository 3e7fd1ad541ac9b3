import type { Ctx } from '../context.ts'
import type { Case, CaseAction } from '../model/case.ts'
import type { Member } from '../model/member.ts'
import type { FollowUpContent } from '../store/follow-ups.ts'
import { takeAction } from './cases.ts'

/** What a follow-up does to the customer's open case; `changed` when it left a row in its history. */
export async function followUpMovesCase(
  ctx: Ctx,
  actor: Member,
  open: Case | null,
  { effective, nextOn }: Pick<FollowUpContent, 'effective' | 'nextOn'>,
): Promise<{ id: number | null; changed: boolean; case: Case | null }> {
  if (!open) return { id: null, changed: false, case: null }
  const action: CaseAction = { kind: 'follow-up', effective, nextOn }
  const outcome = await takeAction(ctx, { caseId: open.id, actor, action, at: ctx.clock.now() })
  return { id: open.id, changed: outcome.changed, case: outcome.case }
}
