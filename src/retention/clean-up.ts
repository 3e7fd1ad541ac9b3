import { z } from 'zod'
import { scopeOf } from '../access.ts'
import { calendarFor } from '../calendar.ts'
import { type Ctx, inTransaction } from '../context.ts'
import type { Case } from '../model/case.ts'
import type { Day } from '../model/day.ts'
import type { Member } from '../model/member.ts'
import { addAudit, addUndo, type Undoable } from '../store/audit.ts'
import { openCases } from '../store/cases.ts'
import { takeAction } from './cases.ts'

/** The audit action that 撤销 takes back here. */
export const CLEAN_UP_ACTIONS: readonly string[] = ['clean-up']

const CleanUpDetail = z.object({ cases: z.array(z.number()) })

/** Open cases of a member from before a day that nobody put off or promised a day for, the oldest first. */
export async function oldCases(
  ctx: Ctx,
  member: Member,
  { before, today }: { readonly before: Day; readonly today: Day },
): Promise<Case[]> {
  const cases = await openCases(ctx, scopeOf(member), { ownerId: member.id })
  return cases
    .filter((one) => one.openedOn < before && !ahead(one.snoozedUntil, today) && !ahead(one.nextOn, today))
    .sort((a, b) => a.openedOn - b.openedOn || a.id - b.id)
}

function ahead(day: Day | null, today: Day): boolean {
  return day !== null && day >= today
}

/** Closes the member's own old cases at once (K8); each can be opened again by 撤销. Returns how many. */
export function cleanUp(
  ctx: Ctx,
  { actor, before }: { readonly actor: Member; readonly before: Day },
): Promise<number> {
  return inTransaction(ctx, async (ctx) => {
    const at = ctx.clock.now()
    const today = calendarFor(ctx.settings).dayOf(at)
    const cases: number[] = []
    for (const one of await oldCases(ctx, actor, { before, today })) {
      const outcome = await takeAction(ctx, { caseId: one.id, actor, action: { kind: 'clean' }, at })
      if (outcome.changed) cases.push(one.id)
    }
    if (cases.length === 0) return 0
    const subject = `member:${actor.id}`
    await addAudit(ctx, { memberId: actor.id, action: 'clean-up', subject, detail: { cases } })
    return cases.length
  })
}

/**
 * Opens the cases of a clean-up again, where nothing happened since. Returns how many.
 * @param undone an audit row of `CLEAN_UP_ACTIONS`
 */
export function undoCleanUp(ctx: Ctx, actor: Member, undone: Undoable): Promise<number> {
  return inTransaction(ctx, async (ctx) => {
    const { cases } = CleanUpDetail.parse(undone.detail)
    const at = ctx.clock.now()
    let back = 0
    for (const caseId of cases) {
      const outcome = await takeAction(ctx, { caseId, actor, action: { kind: 'undo' }, at })
      if (outcome.changed) back++
    }
    if (back > 0) await addUndo(ctx, actor.id, undone)
    return back
  })
}
