import { z } from 'zod'
import { type Ctx, inTransaction } from '../context.ts'
import { AppError } from '../errors.ts'
import type { Case } from '../model/case.ts'
import type { Member } from '../model/member.ts'
import { addUndo, lastUndoable, type Undoable } from '../store/audit.ts'
import {
  changeFollowUp,
  type FollowUp,
  NOTHING_READ,
  ownFollowUp,
  type Reading,
  undoFollowUp,
} from '../store/follow-ups.ts'
import { removeToldLoss } from '../store/told-losses.ts'
import { takeAction } from './cases.ts'
import { followUpMovesCase } from './follow-up-case.ts'
import { rememberTold } from './plays/remember.ts'

/** A reading as an audit row keeps it: no words of anybody. */
const WasRead = z.object({
  channel: z.string().nullable(),
  reached: z.boolean().nullable(),
  outcome: z.string().nullable(),
  effective: z.boolean(),
  reason: z.string().nullable(),
  sentiment: z.string().nullable(),
  amount: z.number().nullable(),
  nextOn: z.number().nullable(),
})

/** What an audit row keeps so that it can be taken back. */
const UndoDetail = z.object({
  followUp: z.number().nullable(),
  /** `void` takes the follow-up away, `empty` makes it a touch again; the others bring back what it said. */
  how: z.enum(['void', 'empty', 'next', 'changed']),
  /** What was read before, and so many characters of the note; null: it is new. */
  was: WasRead.nullable().default(null),
  noteChars: z.number().int().default(0),
  /** The churn notice it wrote. */
  event: z.number().nullable().default(null),
  /** The case it moved. */
  case: z.number().nullable(),
  /** That move stands in the place of one that the follow-up had made before. */
  again: z.boolean().default(false),
  /** The language model that changed what was read, and which answers. */
  assisted: z
    .object({ model: z.string(), fields: z.array(z.string()).readonly() })
    .nullable()
    .default(null),
})
export type UndoDetail = z.infer<typeof UndoDetail>

/** What a follow-up said before; null for a new one. */
export function before(
  row: FollowUp | null,
): Pick<UndoDetail, 'was' | 'noteChars' | 'event' | 'again' | 'assisted'> {
  const noteChars = row?.note.length ?? 0
  return { was: row && WasRead.parse(row), noteChars, event: null, again: false, assisted: null }
}

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
    const last = await lastUndoable(ctx, actor.id, UNDOABLE, since(ctx))
    return last && takeBack(ctx, actor, last)
  })
}

/**
 * Takes one log back with all that was corrected in it. Null when it was taken back before, or is older than
 * `chat.undoMinutes`.
 * @throws AppError `conflict` when its customer was worked on since.
 */
export function undoFollowUpWhole(ctx: Ctx, actor: Member, followUpId: number): Promise<Undone | null> {
  return inTransaction(ctx, async (ctx) => {
    const row = await ownFollowUp(ctx, followUpId, actor.id)
    if (!row) return null
    for (let steps = 0; ; steps++) {
      const subject = `customer:${row.customerId}`
      const last = await lastUndoable(ctx, actor.id, UNDOABLE, since(ctx), subject)
      const detail = last && UndoDetail.parse(last.detail)
      if (!last || detail?.followUp !== followUpId) {
        if (!last && steps === 0) return null
        throw new AppError('conflict', 'something else was done for the customer since')
      }
      const undone = await takeBack(ctx, actor, last)
      if (detail.how === 'void' || detail.how === 'empty') return undone
    }
  })
}

/** True when the member's newest step for the customer is one of this follow-up that moved the case. */
export async function isNewestStep(ctx: Ctx, actor: Member, { id, customerId }: FollowUp): Promise<boolean> {
  const last = await lastUndoable(ctx, actor.id, UNDOABLE, since(ctx), `customer:${customerId}`)
  const detail = last && UndoDetail.parse(last.detail)
  return detail?.followUp === id && detail.case !== null
}

/** The language model that read a log as it stands; null where there was none, or the rep put it right. */
export async function assistanceOf(
  ctx: Ctx,
  actor: Member,
  { id, customerId }: FollowUp,
): Promise<UndoDetail['assisted']> {
  const last = await lastUndoable(ctx, actor.id, UNDOABLE, since(ctx), `customer:${customerId}`)
  const detail = last && UndoDetail.parse(last.detail)
  return detail?.followUp === id ? detail.assisted : null
}

function since({ clock, settings }: Ctx): number {
  return clock.now() - settings.chat.undoMinutes * 60_000
}

async function takeBack(ctx: Ctx, actor: Member, last: Undoable): Promise<Undone> {
  const at = ctx.clock.now()
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
  const again = detail.again && detail.was
  const moved = again ? await followUpMovesCase(ctx, actor, outcome.case, again) : outcome
  return { customerId, followUp, touch, case: moved.case }
}

async function restore(ctx: Ctx, actor: Member, detail: UndoDetail): Promise<Undone['followUp']> {
  const { how, noteChars } = detail
  const row = detail.followUp === null ? null : await ownFollowUp(ctx, detail.followUp, actor.id)
  if (!row) return null
  if (how === 'void') return (await undoFollowUp(ctx, row.id)) ? how : null
  const was: Reading = detail.was ?? NOTHING_READ
  const note = how === 'next' ? row.note : row.note.slice(0, noteChars)
  await changeFollowUp(ctx, row.id, { ...was, note })
  await rememberTold(ctx, row, was)
  return how
}
