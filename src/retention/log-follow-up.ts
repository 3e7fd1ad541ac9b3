import { type Ctx, inTransaction } from '../context.ts'
import { AppError } from '../errors.ts'
import type { Case } from '../model/case.ts'
import type { Day } from '../model/day.ts'
import type { Member } from '../model/member.ts'
import { addAudit } from '../store/audit.ts'
import { openCaseOf } from '../store/cases.ts'
import { addFollowUp, completeFollowUp, type FollowUpContent } from '../store/follow-ups.ts'
import { takeAction } from './cases.ts'
import { type Channel, channelOf, isEffective, type Outcome, outcomeOf } from './follow-up-words.ts'
import { nextDate } from './next-date.ts'

const MAX_NOTE_CHARS = 500

/** What a line says: the follow-up as it will be written, before anything is. */
export interface ReadLine {
  readonly outcome: Outcome | null
  readonly channel: Channel | null
  /** With an outcome 有效跟进, without 仅触达. */
  readonly effective: boolean
  readonly nextOn: Day | null
  /** Why the date that was said cannot be taken. */
  readonly refused: 'past' | 'too-far' | 'no-such-date' | null
  readonly saidDate: string | null
}

/** Reads the simple form: outcome words, a note, a next date. Pure; understands only what it is sure of. */
export function readLine(line: string, today: Day, maxNextDays: number): ReadLine {
  const outcome = outcomeOf(line)
  const said = nextDate(line, today)
  const refused = said ? refusal(said.day, today, maxNextDays) : null
  return {
    outcome,
    channel: channelOf(line),
    effective: isEffective(outcome),
    nextOn: refused ? null : (said?.day ?? null),
    refused,
    saidDate: said?.words ?? null,
  }
}

function refusal(day: Day | null, today: Day, maxNextDays: number): ReadLine['refused'] {
  if (day === null) return 'no-such-date'
  if (day < today) return 'past'
  return day - today > maxNextDays ? 'too-far' : null
}

export interface FollowUpWritten {
  readonly id: number
  /** The open case after the log, or null when there is none. */
  readonly case: Case | null
}

/**
 * Writes a follow-up, moves the customer's open case along and leaves an audit row, all or nothing. The
 * caller has checked that the customer is in the actor's scope. `completes` names an own one-tap touch that
 * this line gives a result to.
 */
export function logFollowUp(
  ctx: Ctx,
  given: {
    actor: Member
    customerId: number
    content: FollowUpContent
    day: Day
    inboundKey: string
    completes?: number
  },
): Promise<FollowUpWritten> {
  return inTransaction(ctx, async (ctx) => {
    const { actor, customerId, inboundKey } = given
    const content = { ...given.content, note: given.content.note.slice(0, MAX_NOTE_CHARS) }
    const open = await openCaseOf(ctx, customerId)
    const id = await writeRow(ctx, { ...given, content, caseId: open?.id ?? null })
    await addAudit(ctx, {
      memberId: actor.id,
      action: 'follow-up',
      subject: `customer:${customerId}`,
      detail: { followUp: id, effective: content.effective, inboundKey },
    })
    if (!open) return { id, case: null }
    const { effective, nextOn } = content
    const action = { kind: 'follow-up', effective, nextOn } as const
    const outcome = await takeAction(ctx, { caseId: open.id, actor, action, at: ctx.clock.now() })
    return { id, case: outcome.case }
  })
}

async function writeRow(
  ctx: Ctx,
  row: {
    actor: Member
    customerId: number
    caseId: number | null
    content: FollowUpContent
    day: Day
    inboundKey: string
    completes?: number
  },
): Promise<number> {
  const { actor, completes, content, ...rest } = row
  if (completes !== undefined && (await completeFollowUp(ctx, completes, actor.id, content))) return completes
  const written = await addFollowUp(ctx, { ...rest, ...content, memberId: actor.id })
  if (!written.added) throw new AppError('conflict', 'this message was logged before')
  return written.id
}
