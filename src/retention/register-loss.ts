import { calendarFor } from '../calendar.ts'
import { type Ctx, inTransaction } from '../context.ts'
import type { Case, LostReason } from '../model/case.ts'
import type { Day } from '../model/day.ts'
import type { Member } from '../model/member.ts'
import { addAudit } from '../store/audit.ts'
import { openCaseOf } from '../store/cases.ts'
import { addFollowUp, NOTHING_READ } from '../store/follow-ups.ts'
import { addToldLoss, toldLossOf } from '../store/told-losses.ts'
import { textFor } from '../text/index.ts'
import { takeAction } from './cases.ts'
import { rememberTold } from './plays/remember.ts'
import { before, type UndoDetail } from './undo.ts'

export interface RegisterLoss {
  readonly actor: Member
  readonly customerId: number
  readonly reason: LostReason
  /** The day it counts from: today or earlier. */
  readonly on: Day
  readonly today: Day
  readonly inboundKey: string
}

export interface RegisteredLoss {
  /** False: it was registered before and nothing was bought since. */
  readonly changed: boolean
  /** The day it counts from. */
  readonly on: Day
  /** The reminder to win the customer back; null when nothing changed. */
  readonly winBackOn: Day | null
  /** The case it closed; null when none was open. */
  readonly case: Case | null
}

/**
 * 流失登记 (A113): the loss as a dated churn notice, the open case closed with its reason, and a promise to try to win
 * the customer back `retention.winBackDays` later. All or nothing; 撤销 takes all three back. The caller has checked
 * that the customer is in the actor's scope.
 */
export function registerLoss(ctx: Ctx, given: RegisterLoss): Promise<RegisteredLoss> {
  return inTransaction(ctx, async (ctx) => {
    const { actor, customerId, reason, on, today } = given
    const known = await toldLossOf(ctx, customerId)
    if (known !== null) return { changed: false, on: known, winBackOn: null, case: null }
    const calendar = calendarFor(ctx.settings)
    const at = ctx.clock.now()
    const words = textFor(ctx.settings.locale).sla.lostReasons[reason]
    const noticeAt = on === today ? at : calendar.instant(on, calendar.workStart)
    const event = await addToldLoss(ctx, { customerId, day: on, at: noticeAt, reason: words })
    if (event === null) return { changed: false, on, winBackOn: null, case: null }
    const open = await openCaseOf(ctx, customerId)
    const closed = open && (await close(ctx, open, given, at))
    const winBackOn = workdayFrom(ctx, today + ctx.settings.retention.winBackDays)
    const content = {
      ...{ ...NOTHING_READ, outcome: 'lost', effective: true, sentiment: 'negative' },
      ...{ reason: reason === 'moved-channel' ? 'channel-switch' : reason, note: words, nextOn: winBackOn },
    }
    const followUp = await addFollowUp(ctx, {
      ...{ customerId, caseId: open?.id ?? null, memberId: actor.id, day: today },
      ...content,
      inboundKey: given.inboundKey,
    })
    await rememberTold(ctx, { id: followUp.id, customerId, day: today }, content)
    const detail: UndoDetail = {
      ...{ ...before(null), followUp: followUp.id, how: 'void', event },
      case: closed?.id ?? null,
    }
    await addAudit(ctx, { memberId: actor.id, action: 'case', subject: `customer:${customerId}`, detail })
    return { changed: true, on, winBackOn, case: closed }
  })
}

async function close(
  ctx: Ctx,
  open: Case,
  { actor, reason }: RegisterLoss,
  at: number,
): Promise<Case | null> {
  const outcome = await takeAction(ctx, { caseId: open.id, actor, action: { kind: 'lost', reason }, at })
  return outcome.changed ? outcome.case : null
}

function workdayFrom(ctx: Ctx, day: Day): Day {
  const calendar = calendarFor(ctx.settings)
  return calendar.isWorkday(day) ? day : calendar.nextWorkday(day)
}
