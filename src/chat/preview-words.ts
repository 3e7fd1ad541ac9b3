import { AppError } from '../errors.ts'
import type { SettingSets } from '../model/preview.ts'
import { parseSet } from '../scoring/preview/draft-settings.ts'
import type { Text } from '../text/index.ts'
import { fold } from './fold.ts'

const PAIR = /([^\s=:;]+(?: [^\s=:;]+)*?)\s*(?:=|:|改为|改成)\s*(\[[^\]]*\]|[^\s,、;]+)[\s,、;]*/gy
const PERCENT = /^(\d+(?:\.\d+)?)%$/

/**
 * `高=0.7 中=50%` → settings by path; the names are those of the language, or paths of the file.
 * @throws AppError `bad-input` naming the words that are neither.
 */
export function readSets(words: string, text: Text): SettingSets {
  const clean = words.normalize('NFKC').trim()
  const sets: Record<string, SettingSets[string]> = {}
  let end = 0
  for (const [whole, name = '', value = ''] of clean.matchAll(PAIR)) {
    end += whole.length
    Object.assign(sets, parseSet(`${pathOf(name, text)}=${plain(value)}`))
  }
  if (end < clean.length) throw unknown(clean.slice(end), text)
  return sets
}

function pathOf(name: string, text: Text): string {
  const known = Object.entries(text.preview.names).find(([, word]) => fold(word) === fold(name))
  if (known) return known[0]
  if (!/^[A-Za-z][\w.-]*$/.test(name) || !name.includes('.')) throw unknown(name, text)
  return name.startsWith('scoring.') ? name : `scoring.${name}`
}

function plain(value: string): string {
  const [, percent] = PERCENT.exec(value) ?? []
  return percent === undefined ? value : String(Number(percent) / 100)
}

function unknown(word: string, text: Text): AppError {
  const names = Object.values(text.preview.names).join(text.cards.comma)
  return new AppError('bad-input', 'unknown setting', { say: text.preview.chat.unknown(word, names) })
}
