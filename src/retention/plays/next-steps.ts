import type { Scope } from '../../access.ts'
import { calendarFor } from '../../calendar.ts'
import type { Ctx } from '../../context.ts'
import type { Case } from '../../model/case.ts'
import type { Day } from '../../model/day.ts'
import type { PlayEnd } from '../../model/play.ts'
import { happenedSince, newestPlays } from '../../store/customer-plays.ts'
import { plannedPlay } from '../plays.ts'
import { endOfPlay } from './standing.ts'

/** How far the play of a case has come. */
export interface PlayStep {
  readonly caseId: number
  readonly customerName: string
  /** The step to take next, counted from 1; null: all are done, or the play is over. */
  readonly next: { readonly rank: number; readonly due: Day; readonly what: string } | null
  readonly ended: PlayEnd | null
}

/** The plays remembered for these open cases, by case; a case without one is left out. In few queries. */
export async function nextSteps(
  ctx: Ctx,
  scope: Scope,
  cases: readonly Pick<Case, 'id' | 'customerId' | 'customerName'>[],
): Promise<ReadonlyMap<number, PlayStep>> {
  const newest = await newestPlays(
    ctx,
    scope,
    cases.map(({ customerId }) => customerId),
  )
  const known = cases.flatMap(({ id, customerId, customerName }) => {
    const run = newest.get(customerId)
    return run?.caseId === id ? [{ customerName, run, id }] : []
  })
  const since = Math.min(...known.map(({ run }) => run.shownOn))
  const ids = known.map(({ run }) => run.customerId)
  const happened = await happenedSince(ctx, scope, ids, since)
  const now = { calendar: calendarFor(ctx.settings), locale: ctx.settings.locale }
  return new Map(
    known.flatMap(({ id, customerName, run }) => {
      const since = happened.get(run.customerId)
      if (!since) return []
      const ended = endOfPlay(run, since)
      const { steps } = plannedPlay(run, { ...now, happened: since, ended })
      const at = ended ? -1 : steps.findIndex(({ done }) => !done)
      const step = steps[at]
      const next = step ? { rank: at + 1, due: step.due, what: step.what } : null
      return [[id, { caseId: id, customerName, next, ended }] as const]
    }),
  )
}

/** Whether a step of the case is due: on its day and until it is done, but not while the case rests by agreement. */
export function isDue(
  step: PlayStep | undefined,
  { nextOn, snoozedUntil }: Pick<Case, 'nextOn' | 'snoozedUntil'>,
  today: Day,
): boolean {
  if (!step?.next || step.next.due > today) return false
  return (nextOn ?? today) <= today && (snoozedUntil ?? today) <= today
}
