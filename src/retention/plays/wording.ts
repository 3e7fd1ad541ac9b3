import { createHash } from 'node:crypto'
import { AppError } from '../../errors.ts'
import type { PlayWording } from '../../model/play.ts'
import { type PlayBook, shippedPlays } from './book.ts'

/** A play of the book word by word, for one cause. */
export function wordingOf(playId: string, causeId: string, book: PlayBook = shippedPlays()): PlayWording {
  const play = book.file.plays[playId]
  const cause = book.file.causes[causeId]
  if (!play || !cause) throw new AppError('bug', 'no such play or cause', { data: { playId, causeId } })
  const { title, steps, stop, question, draft } = play
  return { cause: cause.name, title, steps, stop, question, draft }
}

/** The name of a wording: another word is another name. */
export function digestOf(wording: unknown): string {
  return createHash('sha256').update(JSON.stringify(wording)).digest('hex')
}
