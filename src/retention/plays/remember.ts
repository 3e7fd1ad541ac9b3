import { UNSCOPED } from '../../access.ts'
import { calendarFor } from '../../calendar.ts'
import type { Ctx } from '../../context.ts'
import type { Day } from '../../model/day.ts'
import type { PlayCell, PlayEnd, PlayRun } from '../../model/play.ts'
import { addPlayRun, dropPlaysOf, happenedSince, newestPlays } from '../../store/customer-plays.ts'
import type { FollowUpContent } from '../../store/follow-ups.ts'
import { type PlayBook, shippedPlays } from './book.ts'
import { cellKey } from './matrix.ts'
import { drawScript } from './scripts.ts'
import { type Situation, situationOf } from './situation.ts'
import { endOfPlay, needsAnother } from './standing.ts'
import { digestOf, wordingOf } from './wording.ts'

/** After these a customer that is pushed again begins anew; after a no it does not. */
const ANEW: readonly PlayEnd['why'][] = ['order', 'told-order', 'solved']

/**
 * Remembers the play of a case that is being pushed, as the book words it now: later edits of the book change nothing of
 * it. A play that goes on stays, also one to win the customer back whose case a rep left open. Returns the play in force; runs in the transaction that pushes.
 */
export async function rememberPushed(
  ctx: Ctx,
  { customerId, caseId, day }: { readonly customerId: number; readonly caseId: number; readonly day: Day },
  book: PlayBook = shippedPlays(),
): Promise<PlayRun> {
  const situation = await situationOf(ctx, UNSCOPED, customerId, day)
  const run = (await newestPlays(ctx, UNSCOPED, [customerId])).get(customerId)
  const holds = run?.caseId === caseId || run?.caseId === null
  if (run && holds && !(await begins(ctx, run, situation))) return run
  return begin(
    ctx,
    { customerId, caseId, followUpId: null, shownOn: day, startsOn: day },
    situation.cell,
    book,
  )
}

async function begins(ctx: Ctx, run: PlayRun, situation: Situation): Promise<boolean> {
  const happened = await happenedSince(ctx, UNSCOPED, [run.customerId], run.shownOn)
  const known = happened.get(run.customerId)
  const end = known ? endOfPlay(run, known) : null
  if (end && ANEW.includes(end.why)) return true
  return needsAnother(run, end, { cause: situation.cause, told: situation.told?.day ?? null })
}

/**
 * Remembers where a follow-up leads: to the play for the reason it tells of an open case, or, when the customer is lost, to
 * the play to win it back when its time comes. Told again for a follow-up that was changed. Runs in the transaction that
 * writes it.
 */
export async function rememberTold(
  ctx: Ctx,
  followUp: { readonly id: number; readonly customerId: number; readonly day: Day },
  { outcome, reason, nextOn }: Pick<FollowUpContent, 'outcome' | 'reason' | 'nextOn'>,
  book: PlayBook = shippedPlays(),
): Promise<void> {
  const { id: followUpId, customerId, day: shownOn } = followUp
  await dropPlaysOf(ctx, followUpId)
  if (outcome === 'refused') return
  if (outcome !== 'lost' && reason === null) return
  const situation = await situationOf(ctx, UNSCOPED, customerId, shownOn)
  if (outcome === 'lost') {
    const cause = book.causeOfReason.get(reason ?? '') ?? situation.cause.id
    const startsOn = nextOn ?? workdayAfter(ctx, shownOn, ctx.settings.retention.winBackDays)
    const run = { customerId, caseId: null, followUpId, shownOn, startsOn }
    await begin(ctx, run, { ...situation.cell, cause, stage: 'churn' }, book)
    return
  }
  const { open, cause, told, cell } = situation
  if (!open || cause.from !== 'told') return
  const run = (await newestPlays(ctx, UNSCOPED, [customerId])).get(customerId)
  if (run?.caseId === open.id && !needsAnother(run, null, { cause, told: told?.day ?? null })) return
  await begin(
    ctx,
    { customerId, caseId: open.id, followUpId, shownOn, startsOn: nextOn ?? shownOn },
    cell,
    book,
  )
}

async function begin(
  ctx: Ctx,
  at: Pick<PlayRun, 'customerId' | 'caseId' | 'followUpId' | 'shownOn' | 'startsOn'>,
  cell: PlayCell,
  book: PlayBook,
): Promise<PlayRun> {
  const play = book.cells.get(cellKey(cell)) ?? ''
  // A customer that was lost is spoken to when its time comes.
  const day = at.caseId === null ? at.startsOn : at.shownOn
  const variant = await drawScript(ctx, { customerId: at.customerId, day, tier: cell.tier, play }, book)
  const wording = wordingOf(play, cell.cause, variant, book)
  const run: PlayRun = { ...at, cause: cell.cause, play, variant, wording }
  await addPlayRun(ctx, run, digestOf(wording))
  return run
}

function workdayAfter(ctx: Ctx, day: Day, days: number): Day {
  const calendar = calendarFor(ctx.settings)
  return calendar.isWorkday(day + days) ? day + days : calendar.nextWorkday(day + days)
}
