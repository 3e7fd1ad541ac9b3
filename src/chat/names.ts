import { distance } from 'fastest-levenshtein'
import { pinyin } from 'pinyin-pro'
import { halfWidth } from './fold.ts'

/** One way to read the beginning of a text as a name. */
export interface NameCandidate {
  readonly name: string
  /** The words after the name. */
  readonly rest: string
  /** A space or comma, or the end, stands after the name; without one the cut is a guess. */
  readonly bounded: boolean
}

const MAX_NAME_TOKENS = 5
const MAX_NAME_CHARS = 40
const QUOTED = /^[「『“"《]([^」』”"》]{1,60})[」』”"》]/
const BOUNDARY = /[\s,，、;；:：]/

/** Every reading of how long the name at the start of `text` is, longest first. */
export function nameCandidates(text: string): NameCandidate[] {
  const quoted = QUOTED.exec(text)
  if (quoted?.[1]) return [{ name: quoted[1].trim(), rest: restAfter(text, quoted[0].length), bounded: true }]
  const candidates: NameCandidate[] = []
  let tokens = 0
  for (let end = 1; end <= Math.min(text.length, MAX_NAME_CHARS); end++) {
    const next = text[end]
    const bounded = next === undefined || BOUNDARY.test(next)
    const name = text.slice(0, end)
    if (BOUNDARY.test(name.at(-1) ?? '')) continue
    if (bounded) tokens++
    if (tokens > MAX_NAME_TOKENS) break
    if (bounded || (tokens === 0 && end >= 2)) candidates.push({ name, rest: restAfter(text, end), bounded })
  }
  return candidates.reverse()
}

/** Spellings of one name: as typed, in half-width, with Chinese brackets. */
export function spellings(name: string): string[] {
  const half = halfWidth(name).replace(/\s+/g, ' ').trim()
  return [...new Set([name, half, half.replaceAll('(', '（').replaceAll(')', '）')])]
}

/** The first words of a text: what a person most likely meant as the name. */
export function firstToken(text: string): string {
  return nameCandidates(text).find((one) => one.bounded && !BOUNDARY.test(one.name))?.name ?? text
}

const initialsCache = new Map<string, string>()
const MAX_CACHED = 20_000

/** 张三制造 → zszz. */
export function initialsOfName(name: string): string {
  const known = initialsCache.get(name)
  if (known !== undefined) return known
  const letters = pinyin(name, { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'removed' }).join(
    '',
  )
  if (initialsCache.size >= MAX_CACHED) initialsCache.clear()
  initialsCache.set(name, letters.toLowerCase())
  return letters.toLowerCase()
}

/** One typo in three or more characters, or the pinyin initials of the name. */
export function isNearName(typed: string, name: string): boolean {
  const [a, b] = [halfWidth(typed).toLowerCase(), halfWidth(name).toLowerCase()]
  if (/^[a-z]{2,12}$/.test(a)) return initialsOfName(name) === a
  return a.length >= 3 && b.length >= 3 && Math.abs(a.length - b.length) <= 1 && distance(a, b) <= 1
}

function restAfter(text: string, end: number): string {
  return text
    .slice(end)
    .replace(/^[\s,，、;；:：]+/, '')
    .trim()
}
