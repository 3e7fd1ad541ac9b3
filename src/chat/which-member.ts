import { pinyin } from 'pinyin-pro'
import { chooseMemberCard } from '../cards/choose-member.ts'
import { AppError } from '../errors.ts'
import type { Colleague } from '../model/duty.ts'
import type { Text } from '../text/index.ts'
import type { Reply } from './command.ts'
import { halfWidth } from './fold.ts'
import type { LikelyColleague } from './likely-colleagues.ts'
import { firstToken, initialsOfName, isNearName } from './names.ts'

/** The person, and the words after the name; or the question to ask back. */
export type WhichMember = { readonly member: Colleague; readonly rest: string } | { readonly reply: Reply }

/** Buttons of one question. */
const MAX_OPTIONS = 6

/**
 * Which of `among` the words begin with: full name, 小李, 李总, part of a name, pinyin or its initials, one typo.
 * Several become buttons that go on with `payload`, the chosen id under `as`, and the other words under `restAs`; when
 * nobody comes near the buttons are those of `likely`.
 * @throws AppError `not-found` when nobody comes near and nobody is likely
 */
export function whichMember(
  words: string,
  among: readonly Colleague[],
  given: {
    action: string
    as: string
    payload: Record<string, string | number>
    text: Text
    restAs?: string
    likely?: readonly LikelyColleague[]
  },
): WhichMember {
  const { text, likely = [], restAs } = given
  const typed = firstToken(words.trim())
  const rest = words.trim().slice(typed.length).trim()
  const found = colleaguesNamed(typed, among)
  const [only, ...others] = found
  if (only && others.length === 0) return { member: only, rest }
  if (!only && likely.length === 0) {
    throw new AppError('not-found', 'no such member', { say: text.handOver.noMember(typed) })
  }
  const options = only ? found.slice(0, MAX_OPTIONS) : likely
  const title = only ? text.handOver.whichMember(typed, found.length) : text.handOver.whomThen(typed)
  const payload = { ...given.payload, ...(restAs !== undefined && rest !== '' && { [restAs]: rest }) }
  const { action, as } = given
  return { reply: { cards: [chooseMemberCard({ title, options, action, as, payload }, text)] } }
}

/** Those a typed name may mean; the surest reading that fits anybody counts alone. */
export function colleaguesNamed(typed: string, among: readonly Colleague[]): Colleague[] {
  const name = halfWidth(typed).trim().toLowerCase()
  if (name === '') return []
  const readings: ((one: Colleague) => boolean)[] = [
    (one) => one.name.toLowerCase() === name,
    ({ name: full }) => isFamiliar(name, full),
    (one) => [...name].length >= 2 && one.name.toLowerCase().includes(name),
    (one) => [initialsOfName(one.name), lettersOf(one.name)].includes(name),
    (one) => isNearName(name, one.name),
  ]
  for (const fits of readings) {
    const found = among.filter(fits)
    if (found.length > 0) return found
  }
  return []
}

/** 小李, 老王, 李总, 王姐: a family name or a given one with a word of address. */
function isFamiliar(typed: string, full: string): boolean {
  const [, called = ''] = /^[小老阿大](\p{Script=Han}{1,2})$/u.exec(typed) ?? []
  if (called !== '') return full.startsWith(called) || full.endsWith(called)
  const [, family = ''] = /^(\p{Script=Han})(?:总|姐|哥|经理|主管|工)$/u.exec(typed) ?? []
  return family !== '' && full.startsWith(family)
}

/** 李强 → liqiang */
function lettersOf(name: string): string {
  return pinyin(name, { toneType: 'none', type: 'array', nonZh: 'removed' }).join('').toLowerCase()
}
