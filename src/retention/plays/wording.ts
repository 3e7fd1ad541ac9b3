import { createHash } from 'node:crypto'
import { AppError } from '../../errors.ts'
import type { PlayWording, Variant } from '../../model/play.ts'
import { type PlayBook, shippedPlays } from './book.ts'

/**
 * A play of the book word by word, for one cause.
 * @param variant the script of a trial that speaks in place of some of its words; null: none
 */
export function wordingOf(
  playId: string,
  causeId: string,
  variant: Variant | null,
  book: PlayBook = shippedPlays(),
): PlayWording {
  const play = book.file.plays[playId]
  const cause = book.file.causes[causeId]
  if (!play || !cause) throw new AppError('bug', 'no such play or cause', { data: { playId, causeId } })
  const { title, stop, question, draft } = play
  const { action, ...script } = (variant === null ? null : play.variants?.[variant]) ?? {}
  const steps = play.steps.map((step, at) => (at === 0 && action ? { ...step, ...action } : step))
  return {
    ...{ cause: cause.name, title, steps, stop },
    question: script.question ?? question,
    draft: script.draft ?? draft,
  }
}

/** The name of a wording: another word is another name. */
export function digestOf(wording: unknown): string {
  return createHash('sha256').update(JSON.stringify(wording)).digest('hex')
}

/** What a trial of the two scripts of a play is known by; null: it has none. */
export function scriptsDigest(playId: string, book: PlayBook = shippedPlays()): string | null {
  const scripts = book.file.plays[playId]?.variants
  return scripts ? digestOf(scripts) : null
}
