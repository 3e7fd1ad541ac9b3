import { DRAFT_SLOTS, type Draft, type DraftFields, type DraftSlot } from '../../model/play.ts'
import type { Locale } from '../../text/index.ts'
import { type PlayBook, shippedPlays } from './book.ts'
import { slotsIn } from './book-schema.ts'

/**
 * A draft message of a play: the greeting of the book and every sentence whose slots are all known, word by word. Nothing but the
 * sentences of the file and the values of `fields` gets into it. Pure; for a person to change and send.
 * @param body sentences with slots, see `PlannedPlay`
 */
export function draftOf(
  body: readonly string[],
  fields: DraftFields,
  locale: Locale,
  book: PlayBook = shippedPlays(),
): Draft {
  const language = locale === 'zh-CN' ? 'zh' : 'en'
  const hello = book.file.greeting[language].find((sentence) => isKnown(sentence, fields))
  const sentences = [...(hello === undefined ? [] : [hello]), ...body].filter((sentence) =>
    isKnown(sentence, fields),
  )
  const slots = new Set(sentences.flatMap(slotsIn).filter(isSlot))
  return {
    sentences: sentences.map((sentence) => fill(sentence, fields)),
    used: [...slots].flatMap((slot) => {
      const field = fields[slot]
      return field ? [{ slot, ...field }] : []
    }),
  }
}

function isKnown(sentence: string, fields: DraftFields): boolean {
  return slotsIn(sentence).every((slot) => isSlot(slot) && (fields[slot]?.value ?? '') !== '')
}

function fill(sentence: string, fields: DraftFields): string {
  return sentence.replace(/\{([^}]*)\}/g, (_, slot: string) =>
    isSlot(slot) ? (fields[slot]?.value ?? '') : '',
  )
}

function isSlot(name: string): name is DraftSlot {
  return DRAFT_SLOTS.some((slot) => slot === name)
}
