import type { Day } from '../../model/day.ts'
import type { PlayEnd, PlayRun } from '../../model/play.ts'
import type { Happened } from '../../store/customer-plays.ts'
import { OPEN_COMPLAINT } from './book.ts'
import type { Cause } from './cause.ts'

type Run = Pick<PlayRun, 'cause' | 'followUpId' | 'shownOn'>

/** Outcomes of follow-ups that end a play. */
const ENDS: Readonly<Record<string, PlayEnd['why']>> = {
  ordered: 'told-order',
  renewed: 'told-order',
  refused: 'refused',
  lost: 'lost',
}

/**
 * Why and when a play came to its end, or null: the customer ordered on a later day than it was shown, told us so or said
 * no, or the complaint it answers is solved. With a closed case its play is over anyway. Nothing of it is stored: an order
 * that arrives late, a correction and 撤销 count at once. Pure.
 */
export function endOfPlay(run: Run, happened: Happened): PlayEnd | null {
  const order = happened.orders.find((day) => day > run.shownOn)
  const ends: PlayEnd[] = order === undefined ? [] : [{ why: 'order', on: order }]
  const solved = happened.solved.find((day) => day >= run.shownOn)
  if (run.cause === OPEN_COMPLAINT && solved !== undefined) ends.push({ why: 'solved', on: solved })
  for (const { day, outcome } of toldSince(run, happened)) {
    const why = outcome === 'resolved' && run.cause === OPEN_COMPLAINT ? 'solved' : ENDS[outcome ?? '']
    if (why) ends.push({ why, on: day })
  }
  // An order is the best reason of a day, and stands first.
  return ends.toSorted((a, b) => a.on - b.on)[0] ?? null
}

/**
 * How many of its steps are done: a day with an effective follow-up settles every step that is due by then, or else the
 * next one. 仅触达 settles none. Pure.
 * @param dues days on which the steps are due, in order
 */
export function stepsDone(run: Run, happened: Happened, dues: readonly Day[]): number {
  const days = new Set(toldSince(run, happened).flatMap(({ effective, day }) => (effective ? [day] : [])))
  let done = 0
  for (const day of days) {
    const due = dues.filter((one) => one <= day).length
    done = Math.min(dues.length, due > done ? due : done + 1)
  }
  return done
}

/**
 * Whether a customer needs another play than the one it is worked with: a complaint goes before everything, and what the
 * customer told us since before what the score says. After a no there is none.
 * @param told the day of what was told, when that is the cause
 */
export function needsAnother(
  run: Run,
  end: PlayEnd | null,
  { cause, told }: { readonly cause: Pick<Cause, 'id' | 'from'>; readonly told: Day | null },
): boolean {
  if (cause.from === 'complaint') return run.cause !== cause.id
  if (end !== null || cause.id === run.cause) return false
  return cause.from === 'told' && told !== null && told >= run.shownOn
}

function toldSince({ followUpId, shownOn }: Run, { told }: Happened): Happened['told'] {
  return told.filter(({ id, day }) => id > (followUpId ?? 0) && day >= shownOn)
}
