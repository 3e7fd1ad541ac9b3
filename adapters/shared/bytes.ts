/**
 * Texts for chat platforms: limits count UTF-8 bytes or characters; a cut never splits a character that people see as one.
 */
const GRAPHEMES = new Intl.Segmenter('zh', { granularity: 'grapheme' })
const ELLIPSIS = '…'

/**
 * Without what JSON would write as a \u escape (control characters, lone halves of a pair): WeCom refuses
 * such bodies with 40033. Line breaks stay.
 */
export function clean(text: string): string {
  return text.toWellFormed().replace(/[^\P{Cc}\n]/gu, ' ')
}

/** One line of at most `max` characters, with an ellipsis where something was cut. */
export function cutChars(text: string, max: number): string {
  return cut(oneLine(text), max, (part) => [...part].length)
}

/** At most `max` UTF-8 bytes, with an ellipsis where something was cut. */
export function cutBytes(text: string, max: number): string {
  return cut(clean(text), max, (part) => Buffer.byteLength(part))
}

export function oneLine(text: string): string {
  return clean(text).replace(/\s+/gu, ' ').trim()
}

function cut(text: string, max: number, sizeOf: (part: string) => number): string {
  if (sizeOf(text) <= max) return text
  const room = max - sizeOf(ELLIPSIS)
  let kept = ''
  let size = 0
  for (const { segment } of GRAPHEMES.segment(text)) {
    size += sizeOf(segment)
    if (size > room) break
    kept += segment
  }
  return `${kept}${ELLIPSIS}`
}
