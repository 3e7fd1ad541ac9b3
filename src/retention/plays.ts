import type { Calendar } from '../calendar.ts'
import { AppError } from '../errors.ts'
import type { Day } from '../model/day.ts'
import type { PlannedPlay, PlayCell, PlayEnd, PlayWording } from '../model/play.ts'
import type { Happened } from '../store/customer-plays.ts'
import type { Locale } from '../text/index.ts'
import { type PlayBook, shippedPlays } from './plays/book.ts'
import { cellKey } from './plays/matrix.ts'
import { stepsDone } from './plays/standing.ts'
import { wordingOf } from './plays/wording.ts'

interface Now {
  readonly calendar: Calendar
  readonly locale: Locale
}

/**
 * The play of the book for a customer (A12, A78, A79): its steps with the days they are due, counted in workdays from
 * `startsOn`; what is due at once on a day off is due on the next workday. Pure.
 */
export function playFor(
  cell: PlayCell,
  now: Now & { readonly startsOn: Day },
  book: PlayBook = shippedPlays(),
): PlannedPlay {
  const id = book.cells.get(cellKey(cell))
  if (id === undefined) throw new AppError('bug', 'a cell of the matrix has no play', { data: { ...cell } })
  return inLanguage({ play: id, wording: wordingOf(id, cell.cause, null, book), startsOn: now.startsOn }, now)
}

/** A play in one language. Its steps are ticked by what happened since it was shown. Pure. */
export function plannedPlay(
  run: Parameters<typeof stepsDone>[0] & Worded,
  now: Now & { readonly happened: Happened; readonly ended: PlayEnd | null },
): PlannedPlay {
  const play = inLanguage(run, now)
  const dues = play.steps.map(({ due }) => due)
  const done = stepsDone(run, now.happened, dues)
  const steps = play.steps.map((step, at) => ({ ...step, done: at < done }))
  return { ...play, steps, ended: now.ended }
}

interface Worded {
  readonly play: string
  readonly wording: PlayWording
  readonly startsOn: Day
}

function inLanguage({ play, wording, startsOn }: Worded, { calendar, locale }: Now): PlannedPlay {
  const language = locale === 'zh-CN' ? 'zh' : 'en'
  const start = calendar.isWorkday(startsOn) ? startsOn : calendar.nextWorkday(startsOn)
  return {
    id: play,
    title: wording.title[language],
    cause: wording.cause[language],
    steps: wording.steps.map((step) => ({
      due: calendar.addWorkdays(start, step.day),
      what: step[language],
      done: false,
    })),
    stop: wording.stop[language],
    question: wording.question[language],
    draft: wording.draft[language],
    ended: null,
  }
}
