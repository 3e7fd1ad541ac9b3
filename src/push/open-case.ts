import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import type { Case, Relapse } from '../model/case.ts'
import { type Band, bandRank } from '../model/churn.ts'
import type { Day } from '../model/day.ts'
import type { Evidence } from '../model/score.ts'
import { logCase } from '../store/case-log.ts'
import { changeCase, insertCase, openCaseOf, setPushed } from '../store/cases.ts'
import { earlierCase, lastClosedCase, relapseOf } from '../store/earlier-case.ts'

/** What a push knows when it makes sure that a case stands behind it. */
export interface CaseSeed {
  readonly customerId: number
  readonly ownerId: number
  readonly lane: 'digest' | 'event'
  readonly risk: number | null
  readonly band: Band
  readonly scoreRunId: number | null
  readonly evidence: readonly Evidence[]
  readonly eventId: number | null
  readonly dueAt: number
  readonly day: Day
}

const TRIES = 5

/**
 * The customer's open case with the newest reasons in it: opened, or joined when one is open already. Owner and
 * due time are always set; a due time that still lies ahead is kept. Runs inside the caller's transaction.
 */
export async function openOrJoin(
  ctx: Ctx,
  seed: CaseSeed,
): Promise<{ id: number; why: readonly Evidence[]; relapse: Relapse | null }> {
  for (let tries = 0; tries < TRIES; tries++) {
    const open = await openCaseOf(ctx, seed.customerId)
    if (open) {
      const why = reasonsOf(open, seed)
      if (await join(ctx, open, seed, why)) {
        return { id: open.id, why, relapse: relapseOf(ctx, await earlierCase(ctx, open.earlierId)) }
      }
      continue
    }
    const causes = causesOf(seed.evidence)
    const earlier = await lastClosedCase(ctx, seed.customerId)
    const linked = { earlierId: earlier?.id ?? null, on: seed.day, why: seed.evidence }
    const id = await insertCase(ctx, { ...seed, ...linked, causes })
    if (id === null) continue
    await logCase(ctx, { caseId: id, memberId: null, action: 'opened', detail: causes.join(',') })
    return { id, why: seed.evidence, relapse: relapseOf(ctx, earlier) }
  }
  throw new AppError('busy', 'the case keeps changing', { data: { customer: seed.customerId } })
}

/** The newest evidence; beside it what an event said that no score knows of yet. */
function reasonsOf(open: Case, seed: CaseSeed): readonly Evidence[] {
  const eventWaits = seed.lane === 'event' || (open.lane === 'event' && open.lastPushedOn === null)
  if (!eventWaits) return seed.evidence
  const fresh = new Set(seed.evidence.map((one) => one.signal))
  return [...seed.evidence, ...open.why.filter((one) => !fresh.has(one.signal))]
}

/** An event wakes a sleeping case and moves it to the event lane: it waits for its card again. */
async function join(ctx: Ctx, open: Case, seed: CaseSeed, why: readonly Evidence[]): Promise<boolean> {
  const causes = [...new Set([...open.causes, ...causesOf(why)])].sort()
  const event = seed.lane === 'event'
  const woken = event || wokenByRisk(open, seed)
  const changed = await changeCase(ctx, open, {
    ...(open.handed ? {} : { owner_id: seed.ownerId }),
    causes: causes.join(','),
    risk: seed.risk,
    band: seed.band,
    score_run_id: seed.scoreRunId,
    why_json: JSON.stringify(why),
    due_at: woken ? Math.min(open.dueAt, seed.dueAt) : stillAhead(ctx, open.dueAt, seed.dueAt),
    ...(woken ? { snoozed_until: null, snooze_reason: null } : {}),
    ...(event ? { lane: 'event', event_id: seed.eventId, last_pushed_on: null } : {}),
  })
  if (!changed) return false
  if (woken && open.snoozedUntil !== null) {
    await logCase(ctx, { caseId: open.id, memberId: null, action: 'woken', detail: seed.band })
  }
  const added = causes.filter((cause) => !open.causes.includes(cause))
  if (event || added.length > 0) {
    await logCase(ctx, { caseId: open.id, memberId: null, action: 'joined', detail: added.join(',') })
  }
  return true
}

/** Put off (稍后), and worse now than when it was pushed last: the word for waiting does not hold any more. */
function wokenByRisk(open: Case, seed: CaseSeed): boolean {
  if (open.snoozedUntil === null || open.lastPushedBand === null) return false
  return open.snoozedUntil > seed.day && bandRank(seed.band) > bandRank(open.lastPushedBand)
}

function stillAhead(ctx: Ctx, dueAt: number, fresh: number): number {
  return dueAt > ctx.clock.now() ? dueAt : fresh
}

function causesOf(evidence: readonly Evidence[]): string[] {
  return [...new Set(evidence.filter((one) => one.points > 0).map((one) => one.signal))].sort()
}

/** Remembers that the case went out: the budget, the pause before a repeat and "worse" are judged by it. */
export async function markPushed(
  ctx: Ctx,
  caseId: number,
  pushed: { day: Day; band: Band; mark: string },
): Promise<void> {
  await setPushed(ctx, caseId, pushed.day, pushed.band)
  await logCase(ctx, { caseId, memberId: null, action: 'pushed', detail: pushed.mark })
}

/** The last moment of the day `workdays` workdays after `day`. */
export function dueAfterWorkdays(ctx: Ctx, day: Day, workdays: number): number {
  const calendar = calendarFor(ctx.settings)
  return calendar.instant(calendar.addWorkdays(day, workdays) + 1) - 1
}
