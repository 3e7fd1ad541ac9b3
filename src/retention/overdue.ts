import { UNSCOPED } from '../access.ts'
import { calendarFor } from '../calendar.ts'
import type { Ctx } from '../context.ts'
import type { Case } from '../model/case.ts'
import type { Colleague, Duty } from '../model/duty.ts'
import { logCase, loggedSteps } from '../store/case-log.ts'
import { openCases } from '../store/cases.ts'
import { RUNGS, type Rung, rungOf } from './ladder.ts'

/** A late case with the rung it stands on, and those on which somebody was told of it before. */
export interface Late {
  readonly case: Case
  readonly rung: Rung
  readonly told: ReadonlySet<Rung>
}

/** Late cases that one person is to hear of, the longest overdue first. */
export interface LateGroup {
  readonly to: Colleague
  readonly late: readonly Late[]
}

/** Every late case now, the longest overdue first. For jobs. */
export async function lateCases(ctx: Ctx): Promise<Late[]> {
  const calendar = calendarFor(ctx.settings)
  const { ladder } = ctx.settings.retention
  const now = ctx.clock.now()
  const steps = await loggedSteps(ctx, 'late-')
  const due = await openCases(ctx, UNSCOPED, { dueBy: now })
  return due.flatMap((one) => {
    const rung = rungOf(one, now, { calendar, ladder })
    if (rung === null) return []
    const told = new Set(RUNGS.filter((step) => steps.has(`${one.id} ${actionOf(step)} ${one.dueAt}`)))
    return [{ case: one, rung, told }]
  })
}

/** Who is nudged in private: the owner, or who stands in. Nobody who is away. Only groups with something new. */
export function toNudge(late: readonly Late[], duty: Duty): LateGroup[] {
  const groups = grouped(late, (one) => duty.receiverOf(one.ownerId))
  return groups.filter((group) => group.late.some(({ told }) => !told.has('nudge')))
}

/**
 * Which lead hears of what, after the rep did: the first lead of the owner's team at work who is not the owner, else
 * an administrator. Only groups with something new.
 */
export function toLeads(late: readonly Late[], duty: Duty): LateGroup[] {
  const climbed = late.filter(
    (one) => one.rung !== 'nudge' && (one.told.has('nudge') || duty.receiverOf(one.case.ownerId) === null),
  )
  const groups = grouped(climbed, (one) => leadOf(one, duty))
  return groups.filter((group) => group.late.some(({ rung, told }) => !told.has(rung)))
}

function leadOf({ ownerId }: Case, duty: Duty): Colleague | null {
  const teamId = duty.colleagues.get(ownerId)?.teamId ?? null
  const others = [...duty.colleagues.values()].filter((one) => one.id !== ownerId && duty.isThere(one.id))
  const lead = others.find((one) => one.role === 'lead' && teamId !== null && one.teamId === teamId)
  return lead ?? others.find((one) => one.role === 'admin') ?? null
}

function grouped(late: readonly Late[], receiver: (one: Case) => Colleague | null): LateGroup[] {
  const groups = new Map<number, { to: Colleague; late: Late[] }>()
  for (const one of late) {
    const to = receiver(one.case)
    if (!to) continue
    const group = groups.get(to.id)
    if (group) group.late.push(one)
    else groups.set(to.id, { to, late: [one] })
  }
  return [...groups.values()]
}

/**
 * Remembers that these cases were told: of a nudge, or on the rung they stand on. The due time belongs to the step: a
 * promise that is broken later is late anew.
 */
export async function rememberTold(ctx: Ctx, late: readonly Late[], as: 'nudge' | 'rung'): Promise<void> {
  for (const { case: one, rung, told } of late) {
    const step = as === 'nudge' ? 'nudge' : rung
    if (told.has(step)) continue
    await logCase(ctx, {
      caseId: one.id,
      memberId: null,
      action: actionOf(step),
      detail: String(one.dueAt),
    })
  }
}

function actionOf(step: Rung): string {
  return `late-${step}`
}
