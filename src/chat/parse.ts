import { distance } from 'fastest-levenshtein'
import { pinyin } from 'pinyin-pro'
import type { AnyCommand } from './command.ts'
import { cleaned, fold } from './fold.ts'

/** What a text asks for. Only `command` runs; `suggestion` is offered as a button. */
export type Parsed =
  | {
      readonly kind: 'command' | 'suggestion'
      readonly command: AnyCommand
      readonly rest: string
      /** Which of the command's words was meant, folded; empty where only its initials were typed. */
      readonly word: string
      /** The command word stands alone: followed by a space, a sign, or nothing. */
      readonly apart: boolean
    }
  | { readonly kind: 'unknown'; readonly text: string }
  | { readonly kind: 'too-long' }

export type Parse = (text: string) => Parsed

/** Longer texts are no commands, whatever they begin with. */
export const MAX_TEXT_CHARS = 500
const SEPARATORS = /^[\s:：,，、]+/
const HEAD = /^[^\s:：,，、]{1,12}/

/**
 * Makes the parser of a list of commands: Chinese words need no space after them, a slash is optional,
 * full-width and traditional forms are the same, pinyin initials run what only reads. A near miss is a
 * suggestion and never runs. Words are looked up in Maps, so that `constructor` is just an unknown word.
 */
export function createParser(commands: readonly AnyCommand[]): Parse {
  const words = wordsOf(commands)
  const chinese = [...words.keys()].filter(isHan).sort((a, b) => b.length - a.length)
  const initials = initialsOf(words)

  function exact(body: string): Parsed | null {
    const folded = fold(body)
    const whole = words.get(folded)
    if (whole) return hit('command', whole, { body, length: body.length, word: folded })
    const prefix = chinese.find((word) => folded.startsWith(word))
    if (prefix) return hit('command', words.get(prefix), { body, length: prefix.length, word: prefix })
    const [latin = ''] = /^[a-z][a-z-]*(?![a-z0-9_])/.exec(folded) ?? []
    return hit('command', words.get(latin), { body, length: latin.length, word: latin })
  }

  function near(body: string): Parsed | null {
    const folded = fold(body)
    const [latin = ''] = /^[a-z]{2,4}(?![a-z0-9_-])/.exec(folded) ?? []
    const byInitials = initials.get(latin)
    if (byInitials) {
      const kind = byInitials.writes ? 'suggestion' : 'command'
      return hit(kind, byInitials, { body, length: latin.length, word: '' })
    }
    const [head = ''] = HEAD.exec(folded) ?? []
    for (const [word, command] of words) {
      const typed = isHan(word) ? head.slice(0, word.length) : head
      if (isTypo(typed, word)) return hit('suggestion', command, { body, length: typed.length, word })
    }
    return null
  }

  return (text) => {
    const clean = cleaned(text)
    if (clean === null) return { kind: 'unknown', text: '' }
    if (clean.length > MAX_TEXT_CHARS) return { kind: 'too-long' }
    const body = clean.replace(/^[/／]\s*/, '')
    return exact(body) ?? near(body) ?? { kind: 'unknown', text: clean }
  }
}

function hit(
  kind: 'command' | 'suggestion',
  command: AnyCommand | undefined,
  { body, length, word }: { readonly body: string; readonly length: number; readonly word: string },
): Parsed | null {
  if (!command) return null
  const after = body.slice(length)
  const rest = after.replace(SEPARATORS, '').trim()
  return { kind, command, rest, word, apart: after === '' || SEPARATORS.test(after) }
}

/** Every word a person can type, folded, in help order. */
function wordsOf(commands: readonly AnyCommand[]): Map<string, AnyCommand> {
  const visible = commands.filter((command) => !command.hidden)
  return new Map(
    visible.flatMap((command) => [command.name, ...command.aliases].map((word) => [fold(word), command])),
  )
}

/** `wd` → 我的; initials that several commands share are left out. */
function initialsOf(words: ReadonlyMap<string, AnyCommand>): Map<string, AnyCommand> {
  const found = new Map<string, AnyCommand | null>()
  for (const [word, command] of words) {
    if (!isHan(word)) continue
    const key = pinyin(word, { pattern: 'first', toneType: 'none', type: 'array' }).join('')
    const other = found.get(key)
    found.set(key, other === undefined || other === command ? command : null)
  }
  return new Map([...found].filter((entry): entry is [string, AnyCommand] => entry[1] !== null))
}

/**
 * One wrong, missing or extra character. Short words are left alone: `on` is no typo of `no`, and 好的 none of 我的: a word
 * of two characters begins with the same one, or sounds the same.
 */
function isTypo(typed: string, word: string): boolean {
  const enough = isHan(word) ? 2 : 4
  if (word.length < enough || typed.length < 2 || distance(typed, word) !== 1) return false
  return !isHan(word) || word.length > 2 || typed[0] === word[0] || soundOf(typed) === soundOf(word)
}

function soundOf(text: string): string {
  return pinyin(text, { toneType: 'none', type: 'array' }).join(' ')
}

function isHan(text: string): boolean {
  return /^\p{Script=Han}/u.test(text)
}
