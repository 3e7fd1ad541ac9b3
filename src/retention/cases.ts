import { scopeOf } from '../access.ts'
import { calendarFor } from '../calendar.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { AppError } from '../errors.ts'
import { type Case, type CaseAction, type CaseOutcome, isOpen } from '../model/case.ts'
import type { Day } from '../model/day.ts'
import type { Member } from '../model/member.ts'
import { lastActionOn, logCase } from '../store/case-log.ts'
import { caseFor, changeCase, openCaseOf } from '../store/cases.ts'
import { afterAction, type CaseStanding, standingOf } from './case-machine.ts'

export interface TakeAction {
  readonly caseId: number
  readonly actor: Member
  readonly action: CaseAction
  readonly at: number
}

/** Two people at once: the second reads again and decides anew. */
const TRIES = 5

/**
 * A person acts on a case. Late or repeated clicks answer with today's state (`changed: false`) and never
 * fail; every change leaves a row in the case's history.
 * @throws AppError `not-found` when the case is not in the actor's scope.
 */
export function takeAction(ctx: Ctx, given: TakeAction): Promise<CaseOutcome> {
  return inTransaction(ctx, async (ctx) => {
    for (let tries = 0; tries < TRIES; tries++) {
      const outcome = await tryAction(ctx, given)
      if (outcome) return outcome
    }
    throw new AppError('busy', 'the case keeps changing', { data: { case: given.caseId } })
  })
}

/** Null when someone else changed the case in between. */
async function tryAction(ctx: Ctx, given: TakeAction): Promise<CaseOutcome | null> {
  const one = await mustFind(ctx, given)
  if (given.action.kind === 'undo') return undo(ctx, one, given)
  if (!isOpen(one.state)) return unchanged(one, 'closed')
  const { instant } = calendarFor(ctx.settings)
  const endOf = (day: Day): number => instant(day + 1) - 1
  const after = afterAction(one, given.action, given.at, endOf)
  if (!after && !(await isAnother(ctx, one, given.action))) return unchanged(one, 'same')
  const detail = JSON.stringify({ ...given.action, before: standingOf(one) })
  return write(ctx, one, after ?? standingOf(one), { ...given, name: given.action.kind, detail })
}

/**
 * Work that leaves the case where it stands is work all the same: a follow-up always, 已联系 once for each card
 * that asks for it, so that last week's call does not swallow today's.
 */
async function isAnother(
  ctx: Ctx,
  one: Case,
  action: Exclude<CaseAction, { kind: 'undo' }>,
): Promise<boolean> {
  if (action.kind === 'follow-up') return true
  if (action.kind !== 'contacted' || action.since === undefined) return false
  return !(await actedSince(ctx, one.id, action.since))
}

/** True when somebody did something to the case on that day or later that was not taken back. */
export async function actedSince(ctx: Ctx, caseId: number, day: Day): Promise<boolean> {
  const last = await lastActionOn(ctx, caseId)
  return last !== null && calendarFor(ctx.settings).dayOf(last.at) >= day
}

async function undo(ctx: Ctx, one: Case, given: TakeAction): Promise<CaseOutcome | null> {
  const last = await lastActionOn(ctx, one.id)
  if (!last || last.memberId !== given.actor.id || last.detail === null) return unchanged(one, 'nothing')
  if (last.at + ctx.settings.chat.undoMinutes * 60_000 < given.at) return unchanged(one, 'too-late')
  const { before }: { before: CaseStanding } = JSON.parse(last.detail)
  if (!isOpen(one.state) && isOpen(before.state) && (await openCaseOf(ctx, one.customerId)))
    return unchanged(one, 'replaced')
  return write(ctx, one, before, { ...given, name: 'undo', detail: String(last.id) })
}

async function write(
  ctx: Ctx,
  one: Case,
  after: CaseStanding,
  by: TakeAction & { name: string; detail: string },
): Promise<CaseOutcome | null> {
  const changed = await changeCase(ctx, one, {
    state: after.state,
    closed_at: after.closedAt,
    reason: after.reason,
    snoozed_until: after.snoozedUntil,
    snooze_reason: after.snoozeReason ?? null,
    next_on: after.nextOn,
    due_at: after.dueAt,
  })
  if (!changed) return null
  await logCase(ctx, { caseId: one.id, memberId: by.actor.id, action: by.name, detail: by.detail })
  return { case: await mustFind(ctx, by), changed: true, result: 'done' }
}

function unchanged(one: Case, result: CaseOutcome['result']): CaseOutcome {
  return { case: one, changed: false, result }
}

async function mustFind(ctx: Ctx, { caseId, actor }: TakeAction): Promise<Case> {
  const one = await caseFor(ctx, scopeOf(actor), caseId)
  if (!one) throw new AppError('not-found', 'no such case in the scope of the actor', { data: { caseId } })
  return one
}
