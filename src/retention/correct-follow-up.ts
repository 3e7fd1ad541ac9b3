import { type Ctx, inTransaction } from '../context.ts'
import type { Case } from '../model/case.ts'
import type { Day } from '../model/day.ts'
import type { Member } from '../model/member.ts'
import { openCaseOf } from '../store/cases.ts'
import {
  changeFollowUp,
  type FollowUp,
  type FollowUpContent,
  ownFollowUp,
  type Reading,
} from '../store/follow-ups.ts'
import { takeAction } from './cases.ts'
import { followUpMovesCase } from './follow-up-case.ts'
import { auditFollowUp, type FollowUpWritten, logFollowUp, MAX_NOTE_CHARS } from './log-follow-up.ts'
import { rememberTold } from './plays/remember.ts'
import { before, isNewestStep, undoFollowUpWhole } from './undo.ts'

/** What a rep corrects; what is left out stands. */
export type Correction = Partial<Pick<Reading, 'outcome' | 'reason' | 'nextOn' | 'channel' | 'amount'>> & {
  /** Words that are added to the note. */
  readonly words?: string
}

const BOUGHT: readonly (string | null)[] = ['ordered', 'renewed']
const GOOD: readonly (string | null)[] = [...BOUGHT, 'promised', 'interested', 'resolved']
const BAD: readonly (string | null)[] = ['dissatisfied', 'refused', 'lost']

/**
 * Corrects an own follow-up of the last `chat.undoMinutes` and moves its case to where it would stand had it been
 * said so at once. What stands already is changed no second time. Null when the log was taken back, is another's,
 * or is older.
 */
export function correctFollowUp(
  ctx: Ctx,
  given: { actor: Member; followUpId: number; correction: Correction },
): Promise<FollowUpWritten | null> {
  return inTransaction(ctx, async (ctx) => {
    const { actor, followUpId } = given
    const was = await ownFollowUp(ctx, followUpId, actor.id)
    if (!was || isOld(ctx, was)) return null
    const content = corrected(was, given.correction)
    const open = await openCaseOf(ctx, was.customerId)
    if (isSame(was, content)) return { id: was.id, content: was, case: open }
    await changeFollowUp(ctx, was.id, content)
    const again = open !== null && (await isNewestStep(ctx, actor, was)) && (await stepBack(ctx, actor, open))
    const moved = await followUpMovesCase(ctx, actor, again || open, content)
    await rememberTold(ctx, was, content)
    await auditFollowUp(
      ctx,
      { actor, customerId: was.customerId },
      {
        ...before(was),
        followUp: was.id,
        how: 'changed',
        case: moved.changed ? moved.id : null,
        again: again !== false,
      },
    )
    return { id: was.id, content, case: moved.case }
  })
}

/**
 * The log was about another customer: it is taken back there and written here. The caller has checked that the
 * customer is in the actor's scope. Null when the log is gone or older than `chat.undoMinutes`.
 * @throws AppError `conflict` when its customer was worked on since.
 */
export function moveFollowUp(
  ctx: Ctx,
  given: { actor: Member; followUpId: number; customerId: number; day: Day; inboundKey: string },
): Promise<FollowUpWritten | null> {
  return inTransaction(ctx, async (ctx) => {
    const { actor, followUpId, customerId } = given
    const was = await ownFollowUp(ctx, followUpId, actor.id)
    if (!was || isOld(ctx, was)) return null
    if (was.customerId === customerId) {
      return { id: was.id, content: was, case: await openCaseOf(ctx, customerId) }
    }
    const undone = await undoFollowUpWhole(ctx, actor, followUpId)
    return undone && logFollowUp(ctx, { ...given, content: was })
  })
}

function isOld({ clock, settings }: Ctx, { at }: FollowUp): boolean {
  return at < clock.now() - settings.chat.undoMinutes * 60_000
}

function corrected(was: FollowUp, { words, ...change }: Correction): FollowUpContent {
  const note = [was.note, words ?? ''].filter((one) => one !== '').join('；')
  const content = { ...was, ...change, note: note.slice(0, MAX_NOTE_CHARS) }
  if (content.outcome === was.outcome) return content
  const { outcome } = content
  return {
    ...content,
    reached: outcome !== 'no-answer',
    effective: outcome !== null && outcome !== 'no-answer',
    sentiment: GOOD.includes(outcome) ? 'positive' : BAD.includes(outcome) ? 'negative' : 'neutral',
    amount: BOUGHT.includes(outcome) ? content.amount : null,
  }
}

function isSame(was: FollowUp, now: FollowUpContent): boolean {
  return Object.entries(now).every(([name, value]) => Reflect.get(was, name) === value)
}

/** Takes the own last step on the case back; false after somebody else's step: the correction comes on top then. */
async function stepBack(ctx: Ctx, actor: Member, open: Case): Promise<Case | false> {
  const at = ctx.clock.now()
  const outcome = await takeAction(ctx, { caseId: open.id, actor, action: { kind: 'undo' }, at })
  return outcome.changed && outcome.case
}
