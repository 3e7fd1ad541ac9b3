import { pinyin } from 'pinyin-pro'
import { coreOf, type Named, withoutPlace } from '../understand/customer.ts'
import { hidePatterns } from './patterns.ts'
import { PLAIN_WORDS } from './plain-words.ts'

/** Takes out of one note what names somebody, name by name as the store knows them. */
export interface Redaction {
  /** A customer of the company, with its contacts. */
  customer(named: Named): void
  /** A colleague. */
  member(name: string): void
  /** What may leave; null when something could not be taken out, or nothing is left to ask about. */
  done(): string | null
}

/** Beginnings of the own customer's name that people call it by: 泰邦 for 苏州泰邦新材料. */
const PART_CHARS = [2, 3, 4]
const CONTACT = '联系人'
const MEMBER = '同事'
const CUSTOMER = '客户'
/** A note that says less is not worth a question. */
const MIN_SIGNS = 4

/**
 * Starts with the customer that the note is about, of which every spelling counts: parts of the name, contacts without
 * their family name, pinyin and initials, signs that sound alike. Of the others those count that stand written out.
 * Figures, addresses, mail, family names before a title, and every foreign word that is no plain one go whatever the
 * store knows. Pure.
 */
export function startRedaction(words: string, own: Named | null): Redaction {
  const text = tidied(words)
  const folded = text.toLowerCase()
  const pairs = new Set(pairsOf(folded))
  const hidden = new Map<string, string>()

  function hide(name: string, label: string): void {
    const plain = tidied(name).toLowerCase()
    if (plain.length >= 2 && pairs.has(plain.slice(0, 2)) && folded.includes(plain)) hidden.set(plain, label)
  }

  function customer({ name, shortName, key, contacts }: Named): void {
    for (const one of contacts) hide(one, CONTACT)
    for (const one of [name, shortName ?? '', key]) hide(one, CUSTOMER)
    // Cheap, because a company has many names and a note holds few of them.
    if (!pairsOf(tidied(name).toLowerCase()).some((pair) => pairs.has(pair))) return
    const core = coreOf(name)
    for (const one of [core, withoutPlace(core)]) hide(one, CUSTOMER)
  }

  if (own) {
    customer(own)
    for (const part of partsOf(own)) hide(part, CUSTOMER)
    for (const given of own.contacts.map(givenName)) hide(given, CONTACT)
    for (const one of misspelt(folded, [own.name, withoutPlace(coreOf(own.name)), ...partsOf(own)], 3))
      hide(one, CUSTOMER)
    for (const one of misspelt(folded, own.contacts, 2)) hide(one, CONTACT)
  }
  const letters = own ? lettersOf(own) : new Set<string>()

  return {
    customer,
    member: (name) => hide(name, MEMBER),
    done() {
      const named = hideAll(text, hidden)
      const redacted = hideWords(hidePatterns(named), letters).replace(/\s+/g, ' ').trim()
      return isClean(redacted, [...hidden.keys()], letters) && saysEnough(redacted) ? redacted : null
    },
  }
}

/** Most names are. */
const TIDY = /^[一-龥A-Za-z0-9]*$/

/** Half width, without invisible signs and without spaces between Chinese signs, which would hide a name. */
function tidied(text: string): string {
  if (TIDY.test(text)) return text
  return text
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}\p{M}]/gu, (sign) => (/\s/.test(sign) ? ' ' : ''))
    .replace(/\s+/g, ' ')
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
    .trim()
}

function pairsOf(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2))
}

function partsOf({ name }: Named): string[] {
  const brand = withoutPlace(coreOf(name))
  return /^\p{Script=Han}{2}/u.test(brand) ? PART_CHARS.map((length) => brand.slice(0, length)) : []
}

/** 小芳 of 王小芳. */
function givenName(contact: string): string {
  return /^\p{Script=Han}{3,4}$/u.test(contact) ? [...contact].slice(-2).join('') : ''
}

/** The own customer and its contacts in pinyin: whole, by initials, and syllable by syllable. */
function lettersOf({ name, shortName, contacts }: Named): ReadonlySet<string> {
  const written = [coreOf(name), shortName ?? '', ...contacts].filter((one) => /\p{Script=Han}/u.test(one))
  return new Set(
    written.flatMap((one) => {
      const syllables = pinyin(one, { toneType: 'none', type: 'array', nonZh: 'removed' })
      return [...syllables, syllables.join(''), syllables.map((each) => each.charAt(0)).join('')]
    }),
  )
}

/** What stands in the text and sounds like one of the names: 泰帮新 for 泰邦新. Shorter ones sound like ordinary words. */
function misspelt(text: string, names: readonly string[], minSigns: number): string[] {
  const signs = [...text]
  const sounds = signs.map(soundOf)
  return names.flatMap((name) => {
    const wanted = [...name].map(soundOf)
    if (wanted.length < minSigns) return []
    return signs.flatMap((_, at) =>
      wanted.every((sound, index) => sounds[at + index] === sound)
        ? [signs.slice(at, at + wanted.length).join('')]
        : [],
    )
  })
}

/** Without its tone; sign by sign, so that text and name are spelt alike. */
function soundOf(sign: string): string {
  return pinyin(sign, { toneType: 'none' })
}

/** The longest names first: a name inside a longer one goes with it. */
function hideAll(text: string, hidden: ReadonlyMap<string, string>): string {
  const names = [...hidden.keys()].sort((a, b) => b.length - a.length)
  if (names.length === 0) return text
  const pattern = new RegExp(names.map(escaped).join('|'), 'giu')
  return text.replace(pattern, (name) => hidden.get(name.toLowerCase()) ?? CUSTOMER)
}

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
}

/** Latin, Cyrillic, kana: any letters but Chinese signs. */
const FOREIGN = /(?:(?!\p{Script=Han})\p{L})+/gu

function hideWords(text: string, letters: ReadonlySet<string>): string {
  return text.replace(FOREIGN, (word) => (isPlain(word, letters) ? word : '某'))
}

function isPlain(word: string, letters: ReadonlySet<string>): boolean {
  const small = word.toLowerCase()
  return PLAIN_WORDS.has(small) && !letters.has(small)
}

/** The last look: whatever went wrong before, this does not leave. */
function isClean(text: string, names: readonly string[], letters: ReadonlySet<string>): boolean {
  const folded = text.toLowerCase()
  if (/[\p{N}@]/u.test(folded) || names.some((name) => !isLabel(name) && folded.includes(name))) return false
  return (text.match(FOREIGN) ?? []).every((word) => isPlain(word, letters))
}

/** A customer called 客户 or 同事 cannot be told from the label. */
function isLabel(name: string): boolean {
  return [CONTACT, MEMBER, CUSTOMER].some((label) => label.includes(name))
}

function saysEnough(text: string): boolean {
  const left = text.replaceAll(CONTACT, '').replaceAll(MEMBER, '').replaceAll(CUSTOMER, '')
  return (left.match(/\p{L}/gu) ?? []).length >= MIN_SIGNS
}
