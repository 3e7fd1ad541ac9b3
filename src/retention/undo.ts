import { z } from 'zod'
import { type Ctx, inTransaction } from '../context.ts'
import { AppError } from '../errors.ts'
import type { Case } from '../model/case.ts'
import type { Member } from '../model/member.ts'
import { addUndo, lastUndoable } from '../store/audit.ts'
import { changeFollowUp, ownFollowUp, undoFollowUp } from '../store/follow-ups.ts'
import { removeToldLoss } from '../store/told-losses.ts'
import { takeAction } from './cases.ts'

/** What an audit row keeps so that it can be taken back. */
const UndoDetail = z.object({
  followUp: z.number().nullable(),
  /** `void` takes the follow-up away, `empty` makes it a touch again, `next` brings the earlier date back. */
  how: z.enum(['void', 'empty', 'next']),
  /** What the follow-up said before: its next date, channel, and so many characters of its note. */
  nextOn: z.number().nullable(),
  channel: z.string().nullable().default(null),
  noteChars: z.number().int().default(0),
  /** The churn notice it wrote. */
  event: z.number().nullable().default(null),
  /** The case it moved. */
  case: z.number().nullable(),
})
export type UndoDetail = z.infer<typeof UndoDetail>

/** For a follow-up that is new, or one that only changes its date. */
export const NOTHING_BEFORE = { nextOn: null, channel: null, noteChars: 0, event: null } as const

/** Audit actions that carry an `UndoDetail`. */
export const UNDOABLE: readonly string[] = ['follow-up', 'case']

export interface Undone {
  readonly customerId: number
  /** What became of the follow-up; null when there was none. */
  readonly followUp: UndoDetail['how'] | null
  /** The touch that waits for its result again. */
  readonly touch: number | null
  readonly case: Case | null
}

/**
 * Takes back the member's own newest log or case action of the last `chat.undoMinutes`; the rows stay, marked.
 * Null when there is none.
 * @throws AppError `conflict` when somebody acted on the case since.
 */
export function undoLast(ctx: Ctx, actor: Member): Promise<Undone | null> {
  return inTransaction(ctx, async (ctx) => {
    const at = ctx.clock.now()
    const last = await lastUndoable(ctx, actor.id, UNDOABLE, at - ctx.settings.chat.undoMinutes * 60_000)
    if (!last) return null
    const detail = UndoDetail.parse(last.detail)
    await addUndo(ctx, actor.id, last)
    const followUp = await restore(ctx, actor, detail)
    if (detail.event !== null) await removeToldLoss(ctx, detail.event)
    const customerId = Number(last.subject.replace('customer:', ''))
    const touch = followUp === 'empty' ? detail.followUp : null
    if (detail.case === null) return { customerId, followUp, touch, case: null }
    const outcome = await takeAction(ctx, { caseId: detail.case, actor, action: { kind: 'undo' }, at })
    if (!outcome.changed) {
      throw new AppError('conflict', 'the case changed since', { data: { result: outcome.result } })
    }
    return { customerId, followUp, touch, case: outcome.case }
  })
}

async function restore(ctx: Ctx, actor: Member, detail: UndoDetail): Promise<Undone['followUp']> {
  const { how, nextOn, channel, noteChars } = detail
  const row = detail.followUp === null ? null : await ownFollowUp(ctx, detail.followUp, actor.id)
  if (!row) return null
  if (how === 'void') return (await undoFollowUp(ctx, row.id)) ? how : null
  const touch = { channel, outcome: null, effective: false, note: row.note.slice(0, noteChars), nextOn }
  await changeFollowUp(ctx, row.id, how === 'empty' ? touch : { ...row, nextOn })
  return how
}
