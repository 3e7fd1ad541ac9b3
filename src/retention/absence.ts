import { z } from 'zod'
import { type Ctx, inTransaction } from '../context.ts'
import type { Day } from '../model/day.ts'
import type { Absence } from '../model/duty.ts'
import type { Member } from '../model/member.ts'
import { addAudit, addUndo, type Undoable } from '../store/audit.ts'
import { absenceById, absencesBetween, addAbsence, claimReturn, endAbsence } from '../store/duty.ts'
import { reroutePushes } from './reroute.ts'

/** Further than anybody plans a leave. */
const NO_END: Day = 1_000_000

/** What is needed to take a change of somebody's leave back. */
const LeaveDetail = z.object({
  absence: z.number().nullable(),
  until: z.number().nullable(),
  before: z.array(z.object({ id: z.number(), until: z.number() })),
})
type LeaveDetail = z.infer<typeof LeaveDetail>

/** The audit action that 撤销 takes back here. */
export const LEAVE_ACTIONS: readonly string[] = ['leave']

/**
 * Somebody is away on [from, until). A leave that overlaps or touches is taken up in the new one, so that a person has
 * one return. What waits to be sent in that time goes to who stands in. Nothing else moves: the owner stays the owner.
 */
export function takeLeave(
  ctx: Ctx,
  given: {
    readonly actor: Pick<Member, 'id'>
    readonly memberId: number
    readonly deputyId: number | null
    readonly from: Day
    readonly until: Day
  },
): Promise<Absence> {
  return inTransaction(ctx, async (ctx) => {
    const { actor, memberId, deputyId, until } = given
    const known = await absencesBetween(ctx, { from: given.from - 1, until: until + 1, memberId })
    for (const one of known) await endAbsence(ctx, one.id, one.from)
    const from = Math.min(given.from, ...known.map((one) => one.from))
    const id = await addAbsence(ctx, { memberId, deputyId, from, until, setBy: actor.id })
    await audit(ctx, given, { absence: id, until, before: known.map(({ id, until }) => ({ id, until })) })
    await reroutePushes(ctx)
    return { id, memberId, deputyId, from, until }
  })
}

/**
 * Back today: ends the leave that runs, and drops those to come. Returns the one that ran, or was to come first; null
 * when there is none.
 */
export function endLeave(
  ctx: Ctx,
  given: { readonly actor: Pick<Member, 'id'>; readonly memberId: number; readonly today: Day },
): Promise<Absence | null> {
  return inTransaction(ctx, async (ctx) => {
    const { memberId, today } = given
    const known = await absencesBetween(ctx, { from: today, until: NO_END, memberId })
    for (const one of known) {
      await endAbsence(ctx, one.id, Math.max(one.from, today))
      await claimReturn(ctx, one.id)
    }
    const [first] = known.sort((a, b) => a.from - b.from)
    if (!first) return null
    const before = known.map(({ id, until }) => ({ id, until }))
    await audit(ctx, given, { absence: null, until: null, before })
    return { ...first, until: Math.max(first.from, today) }
  })
}

function audit(
  ctx: Ctx,
  { actor, memberId }: { readonly actor: Pick<Member, 'id'>; readonly memberId: number },
  detail: LeaveDetail,
): Promise<void> {
  return addAudit(ctx, { memberId: actor.id, action: 'leave', subject: `member:${memberId}`, detail })
}

/**
 * Takes a leave, or its end, back. Returns whose it was; null when it was changed since.
 * @param undone an audit row of `LEAVE_ACTIONS`
 */
export function undoLeave(ctx: Ctx, memberId: number, undone: Undoable): Promise<number | null> {
  return inTransaction(ctx, async (ctx) => {
    const { absence, until, before } = LeaveDetail.parse(undone.detail)
    const whose = Number(undone.subject.replace('member:', ''))
    if (absence !== null) {
      const now = await absenceById(ctx, absence)
      if (now?.until !== until) return null
      await endAbsence(ctx, absence, now.from)
    }
    for (const one of before) await endAbsence(ctx, one.id, one.until)
    await addUndo(ctx, memberId, undone)
    await reroutePushes(ctx)
    return whose
  })
}
