import { type Ctx, inTransaction } from '../context.ts'
import { AppError } from '../errors.ts'
import type { Case } from '../model/case.ts'
import type { Day } from '../model/day.ts'
import type { Member } from '../model/member.ts'
import { addAudit } from '../store/audit.ts'
import { openCaseOf } from '../store/cases.ts'
import {
  addFollowUp,
  changeFollowUp,
  type FollowUp,
  type FollowUpContent,
  NOTHING_READ,
  ownFollowUp,
} from '../store/follow-ups.ts'
import { takeAction } from './cases.ts'
import { followUpMovesCase } from './follow-up-case.ts'
import { rememberTold } from './plays/remember.ts'
import { assistanceOf, before, type UndoDetail } from './undo.ts'

export const MAX_NOTE_CHARS = 500

export interface FollowUpWritten {
  readonly id: number
  /** As it stands: a completed touch keeps what it said before. */
  readonly content: FollowUpContent
  /** The open case after the log, or null when there is none. */
  readonly case: Case | null
}

export interface LogFollowUp {
  readonly actor: Member
  readonly customerId: number
  readonly content: FollowUpContent
  readonly day: Day
  readonly inboundKey: string
  /** An own touch without a result (one tap, or a line that named none) that this line gives one to. */
  readonly completes?: number
  /** The model that changed the reading, and what of it. */
  readonly assisted?: UndoDetail['assisted']
}

/**
 * Writes a follow-up, moves the customer's open case along and leaves an audit row, all or nothing. The
 * caller has checked that the customer is in the actor's scope.
 */
export function logFollowUp(ctx: Ctx, given: LogFollowUp): Promise<FollowUpWritten> {
  return inTransaction(ctx, async (ctx) => {
    const { actor, customerId } = given
    const touch = await touchToComplete(ctx, given)
    const content = completed(touch, given.content)
    const open = await openCaseOf(ctx, customerId)
    const id = touch ? touch.id : await addOnce(ctx, given, content, open?.id ?? null)
    if (touch) await changeFollowUp(ctx, id, content)
    const moved = await followUpMovesCase(ctx, actor, open, content)
    await rememberTold(ctx, { id, customerId, day: touch?.day ?? given.day }, content)
    await auditFollowUp(ctx, given, {
      ...before(touch),
      followUp: id,
      how: touch ? 'empty' : 'void',
      case: moved.changed ? moved.id : null,
      assisted: given.assisted ?? null,
    })
    return { id, content, case: moved.case }
  })
}

/** One tap on 已联系: a touch without a result (仅触达), and the case is in hand. */
export function logContacted(
  ctx: Ctx,
  given: { actor: Member; caseId: number; day: Day; since: Day; inboundKey: string },
): Promise<{ followUp: number | null; outcome: Awaited<ReturnType<typeof takeAction>> }> {
  return inTransaction(ctx, async (ctx) => {
    const { actor, caseId, since } = given
    const at = ctx.clock.now()
    const outcome = await takeAction(ctx, { caseId, actor, action: { kind: 'contacted', since }, at })
    if (!outcome.changed) return { followUp: null, outcome }
    const { customerId } = outcome.case
    const content = { ...NOTHING_READ, note: '' }
    const followUp = await addOnce(ctx, { ...given, customerId }, content, caseId)
    await auditFollowUp(
      ctx,
      { ...given, customerId },
      {
        ...before(null),
        followUp,
        how: 'void',
        case: caseId,
      },
    )
    return { followUp, outcome }
  })
}

/** Gives an own follow-up its next date; null when it was taken back meanwhile. */
export function setNextDate(
  ctx: Ctx,
  given: { actor: Member; followUpId: number; nextOn: Day },
): Promise<{ followUp: FollowUp; case: Case | null; assisted: boolean } | null> {
  return inTransaction(ctx, async (ctx) => {
    const { actor, followUpId, nextOn } = given
    const was = await ownFollowUp(ctx, followUpId, actor.id)
    if (!was) return null
    const content = { ...was, nextOn }
    await changeFollowUp(ctx, followUpId, content)
    const open = await openCaseOf(ctx, was.customerId)
    const moved = await followUpMovesCase(ctx, actor, open, content)
    await rememberTold(ctx, was, content)
    const assisted = await assistanceOf(ctx, actor, was)
    await auditFollowUp(
      ctx,
      { actor, customerId: was.customerId },
      {
        ...before(was),
        followUp: followUpId,
        how: 'next',
        case: moved.changed ? moved.id : null,
        assisted,
      },
    )
    return { followUp: content, case: moved.case, assisted: assisted !== null }
  })
}

/** What a line adds to the touch it completes: its words follow, a date promised before stands. */
function completed(touch: FollowUp | null, said: FollowUpContent): FollowUpContent {
  const note = [touch?.note ?? '', said.note].filter((one) => one !== '').join('；')
  return {
    ...said,
    note: note.slice(0, MAX_NOTE_CHARS),
    nextOn: said.nextOn ?? touch?.nextOn ?? null,
    channel: said.channel ?? touch?.channel ?? null,
    amount: said.amount ?? touch?.amount ?? null,
    reason: said.reason ?? touch?.reason ?? null,
  }
}

/** The touch a line completes, when it is still an own one without a result. */
async function touchToComplete(ctx: Ctx, given: LogFollowUp): Promise<FollowUp | null> {
  if (given.completes === undefined) return null
  const touch = await ownFollowUp(ctx, given.completes, given.actor.id)
  return touch && touch.outcome === null && touch.customerId === given.customerId ? touch : null
}

async function addOnce(
  ctx: Ctx,
  given: Pick<LogFollowUp, 'actor' | 'customerId' | 'day' | 'inboundKey'>,
  content: FollowUpContent,
  caseId: number | null,
): Promise<number> {
  const { actor, customerId, day, inboundKey } = given
  const row = { ...content, customerId, caseId, memberId: actor.id, day, inboundKey }
  const { id, added } = await addFollowUp(ctx, row)
  if (!added) throw new AppError('conflict', 'this message was logged before')
  return id
}

export function auditFollowUp(
  ctx: Ctx,
  { actor, customerId }: Pick<LogFollowUp, 'actor' | 'customerId'>,
  detail: UndoDetail,
): Promise<void> {
  return addAudit(ctx, { memberId: actor.id, action: 'follow-up', subject: `customer:${customerId}`, detail })
}
