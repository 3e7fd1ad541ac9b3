import { type Day, dayFromParts, partsOfDay } from '../model/day.ts'

const WORDS: ReadonlyMap<string, number> = new Map([
  ['今天', 0],
  ['today', 0],
  ['昨天', 1],
  ['yesterday', 1],
  ['前天', 2],
])

/** A past day as people name it: 昨天, 11/20, 11月20日, 2026-11-20. Without a year the latest that is not ahead. */
export function toldDay(words: string, today: Day): { readonly day: Day; readonly rest: string } | null {
  for (const [word, ago] of WORDS) {
    if (words.includes(word)) return { day: today - ago, rest: words.replace(word, ' ').trim() }
  }
  const match = /(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?/.exec(words)
  if (!match) return null
  const { year: thisYear } = partsOfDay(today)
  const [month, date] = [Number(match[2]), Number(match[3])]
  const years = match[1] === undefined ? [thisYear, thisYear - 1] : [Number(match[1])]
  const days = years.map((year) => dayFromParts(year, month, date))
  const day = days.find((one) => one !== null && one <= today) ?? null
  return day === null ? null : { day, rest: words.replace(match[0], ' ').trim() }
}
