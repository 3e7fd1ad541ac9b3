import type { Scope } from '../../access.ts'
import { calendarFor } from '../../calendar.ts'
import type { Ctx } from '../../context.ts'
import type { Day } from '../../model/day.ts'
import type { PlannedPlay, PlayEnd, PlayRun } from '../../model/play.ts'
import { type Happened, happenedSince, newestPlays } from '../../store/customer-plays.ts'
import { plannedPlay } from '../plays.ts'
import { type PlayBook, shippedPlays } from './book.ts'
import { cellKey } from './matrix.ts'
import type { Situation } from './situation.ts'
import { endOfPlay, needsAnother } from './standing.ts'
import { wordingOf } from './wording.ts'

const BOUGHT: readonly (PlayEnd['why'] | undefined)[] = ['order', 'told-order']

const NOTHING: Happened = { orders: [], solved: [], told: [] }

/** The play a customer is worked with, and the cause it answers. */
export interface CurrentPlay {
  readonly cause: string
  readonly play: PlannedPlay
}

/**
 * The play that was remembered for the open case or for winning the customer back, as far as it has come; where none was,
 * or where something new calls for another, that of the book as it is worded today. Read only.
 */
export async function currentPlay(
  ctx: Ctx,
  scope: Scope,
  customerId: number,
  { situation, today }: { readonly situation: Situation; readonly today: Day },
  book: PlayBook = shippedPlays(),
): Promise<CurrentPlay> {
  const kept = await keptPlay(ctx, scope, customerId, situation)
  const run = kept ?? bookPlay(customerId, situation, { today, book })
  const happened = kept || situation.open ? await happenedOf(ctx, scope, run) : NOTHING
  const ended = endOfPlay(run, happened)
  const now = { calendar: calendarFor(ctx.settings), locale: ctx.settings.locale }
  return { cause: run.cause, play: plannedPlay(run, { ...now, happened, ended }) }
}

/** Null where none was remembered, or it does not hold any more. */
async function keptPlay(
  ctx: Ctx,
  scope: Scope,
  customerId: number,
  { open, cause, told }: Situation,
): Promise<PlayRun | null> {
  const run = (await newestPlays(ctx, scope, [customerId])).get(customerId)
  if (!run || (run.caseId !== null && run.caseId !== open?.id)) return null
  const end = endOfPlay(run, await happenedOf(ctx, scope, run))
  if (run.caseId === null && BOUGHT.includes(end?.why)) return null
  return needsAnother(run, end, { cause, told: told?.day ?? null }) ? null : run
}

async function happenedOf(
  ctx: Ctx,
  scope: Scope,
  { customerId, shownOn }: Pick<PlayRun, 'customerId' | 'shownOn'>,
): Promise<Happened> {
  const happened = await happenedSince(ctx, scope, [customerId], shownOn)
  return happened.get(customerId) ?? NOTHING
}

/** Counted from the day the case was opened or its cause was told; without a case from today. */
function bookPlay(
  customerId: number,
  { cell, cause, open, told, complaints }: Situation,
  { today, book }: { readonly today: Day; readonly book: PlayBook },
): PlayRun {
  const toldOn = cause.from === 'told' ? told?.day : cause.from === 'complaint' ? complaints[0]?.day : null
  const startsOn = open === null ? today : Math.max(open.openedOn, toldOn ?? open.openedOn)
  const play = book.cells.get(cellKey(cell)) ?? ''
  return {
    customerId,
    caseId: open?.id ?? null,
    followUpId: null,
    cause: cause.id,
    play,
    variant: null,
    wording: wordingOf(play, cause.id, null, book),
    // The words that told the cause are no step of the play that answers it.
    shownOn: toldOn === startsOn ? startsOn + 1 : startsOn,
    startsOn,
  }
}
