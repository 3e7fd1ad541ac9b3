import type { Calendar } from '../calendar.ts'
import { AppError } from '../errors.ts'
import type { Day } from '../model/day.ts'
import type { PlannedPlay, PlayCell } from '../model/play.ts'
import type { Locale } from '../text/index.ts'
import { type PlayBook, shippedPlays } from './plays/book.ts'
import { cellKey } from './plays/matrix.ts'

/**
 * The play for a customer (A12, A78, A79): its steps with the days they are due, counted in workdays from today; what is
 * due at once on a day off is due on the next workday. Pure.
 */
export function playFor(
  cell: PlayCell,
  now: { readonly today: Day; readonly calendar: Calendar; readonly locale: Locale },
  book: PlayBook = shippedPlays(),
): PlannedPlay {
  const { calendar, today } = now
  const language = now.locale === 'zh-CN' ? 'zh' : 'en'
  const id = book.cells.get(cellKey(cell)) ?? ''
  const play = book.file.plays[id]
  const cause = book.file.causes[cell.cause]
  if (!play || !cause) throw new AppError('bug', 'a cell of the matrix has no play', { data: { ...cell } })
  const start = calendar.isWorkday(today) ? today : calendar.nextWorkday(today)
  return {
    id,
    title: play.title[language],
    cause: cause.name[language],
    steps: play.steps.map((step) => ({ due: calendar.addWorkdays(start, step.day), what: step[language] })),
    stop: play.stop[language],
    question: play.question[language],
  }
}
