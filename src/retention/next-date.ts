import { type Day, dayFromParts, partsOfDay, startOfMonth } from '../model/day.ts'

/** A date as a rep says it, with the words it was read from. `day` is null for a date that cannot be. */
export interface SaidDate {
  readonly day: Day | null
  readonly words: string
}

const DIGITS: Readonly<Record<string, number>> = {
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  日: 7,
  天: 7,
  末: 6,
}
const NUMBER = '(\\d{1,3}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])'
const WEEKDAY = '(?:周|星期|礼拜)([一二三四五六日天末])'
const LATER = '(?:以后|之后|后)'

type Reader = (match: RegExpExecArray, today: Day) => Day | null

/**
 * How dates are said, in order of precedence; the earliest entry that matches a place in the text wins there.
 * Weeks begin on Monday: on Sunday 11-22, 下周三 is 11-25. A bare weekday or date is the next one to come.
 */
const FORMS: readonly { pattern: RegExp; read: Reader }[] = [
  { pattern: /(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?(?!\d)/g, read: (m) => ymd(m[1], m[2], m[3]) },
  { pattern: /(?<!\d)(\d{1,2})月(\d{1,2})[日号]?(?!\d)/g, read: monthDay },
  {
    pattern:
      /(?<![\d.¥-])(\d{1,2})[-/](\d{1,2})(?!\s*[\d.%万千百元块箱件台吨寸折个米家天周月年次点人成款的-])/g,
    read: monthDay,
  },
  { pattern: /大后天/g, read: (_, today) => today + 3 },
  { pattern: /后天/g, read: (_, today) => today + 2 },
  { pattern: /明[天日早晚]|明(?:上午|下午)/g, read: (_, today) => today + 1 },
  {
    pattern: pattern(`(下+)(?:个)?${WEEKDAY}`),
    read: (m, today) => weekdayOf(today, m[2], (m[1] ?? '').length),
  },
  { pattern: pattern(`(?:这|本)(?:个)?${WEEKDAY}`), read: (m, today) => weekdayOf(today, m[1], 0) },
  { pattern: pattern(`(?<!上(?:个)?|每)${WEEKDAY}`), read: (m, today) => comingWeekday(today, m[1]) },
  { pattern: /半个?月(?:以后|之后|后)/g, read: (_, today) => today + 15 },
  { pattern: pattern(`${NUMBER}[天日]${LATER}`), read: (m, today) => today + numberOf(m[1]) },
  { pattern: pattern(`过${NUMBER}[天日]`), read: (m, today) => today + numberOf(m[1]) },
  {
    pattern: pattern(`${NUMBER}(?:个)?(?:周|星期|礼拜)${LATER}`),
    read: (m, today) => today + 7 * numberOf(m[1]),
  },
  { pattern: pattern(`${NUMBER}个?月${LATER}`), read: (m, today) => addMonths(today, numberOf(m[1])) },
  { pattern: /下个?月底/g, read: (_, today) => startOfMonth(today, 2) - 1 },
  { pattern: /下个?月(?:初)?(?!\d)/g, read: (_, today) => startOfMonth(today, 1) },
  { pattern: /下个?月(\d{1,2})[日号]?/g, read: (m, today) => dateIn(startOfMonth(today, 1), Number(m[1])) },
  { pattern: /(?<!上个?|每个?)(?:这个|本)?月底/g, read: (_, today) => monthEnd(today) },
  { pattern: /年底/g, read: (_, today) => dayFromParts(partsOfDay(today).year, 12, 31) },
  { pattern: /下个?(?:周|星期|礼拜)/g, read: (_, today) => weekdayOf(today, '一', 1) },
  { pattern: /(?<![\d月])(\d{1,2})[日号](?!后|以后|之后|楼|线|机|店|仓)/g, read: comingDate },
]

/** English forms, for `--locale en`: ISO dates are read by the first form above. */
const ENGLISH: typeof FORMS = [
  { pattern: /\btomorrow\b/gi, read: (_, today) => today + 1 },
  { pattern: /\bin (\d{1,3}) days?\b/gi, read: (m, today) => today + Number(m[1]) },
  { pattern: /\bin (\d{1,2}) weeks?\b/gi, read: (m, today) => today + 7 * Number(m[1]) },
  { pattern: /\bnext (mon|tue|wed|thu|fri|sat|sun)[a-z]*\b/gi, read: nextEnglishWeekday },
  { pattern: /\bnext week\b/gi, read: (_, today) => weekdayOf(today, '一', 1) },
  { pattern: /\bnext month\b/gi, read: (_, today) => startOfMonth(today, 1) },
]

/**
 * The next contact named in a rep's words, seen from `today`; null when there is none. Of several the last
 * one counts (`周三电话联系了，下周五再约`).
 */
export function nextDate(text: string, today: Day): SaidDate | null {
  let last: { at: number; length: number; said: SaidDate } | null = null
  for (const { pattern: form, read } of [...FORMS, ...ENGLISH]) {
    for (const match of text.matchAll(form)) {
      const [words] = match
      if (last && overlaps(last, match.index, words.length)) continue
      if (!last || match.index > last.at) {
        last = { at: match.index, length: words.length, said: { day: read(match, today), words } }
      }
    }
  }
  return last?.said ?? null
}

function overlaps(last: { at: number; length: number }, at: number, length: number): boolean {
  return at < last.at + last.length && last.at < at + length
}

function pattern(source: string): RegExp {
  return new RegExp(source, 'g')
}

function ymd(year?: string, month?: string, date?: string): Day | null {
  return dayFromParts(Number(year), Number(month), Number(date))
}

/** Month and date without a year: this year's, or next year's when this year's lies more than half a year back. */
function monthDay(match: RegExpExecArray, today: Day): Day | null {
  const { year } = partsOfDay(today)
  const [month, date] = [Number(match[1]), Number(match[2])]
  const here = dayFromParts(year, month, date)
  return here !== null && here < today - 183 ? dayFromParts(year + 1, month, date) : here
}

function weekdayOf(today: Day, word: string | undefined, weeks: number): Day {
  const monday = today - partsOfDay(today).weekday + 1
  return monday + 7 * weeks + (DIGITS[word ?? ''] ?? 1) - 1
}

function comingWeekday(today: Day, word: string | undefined): Day {
  const day = weekdayOf(today, word, 0)
  return day > today ? day : day + 7
}

function nextEnglishWeekday(match: RegExpExecArray, today: Day): Day {
  const index = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].indexOf((match[1] ?? '').toLowerCase())
  return weekdayOf(today, '一', 1) + index
}

function comingDate(match: RegExpExecArray, today: Day): Day | null {
  const date = Number(match[1])
  const here = dateIn(startOfMonth(today), date)
  return here !== null && here > today ? here : dateIn(startOfMonth(today, 1), date)
}

function dateIn(monthStart: Day, date: number): Day | null {
  const { year, month } = partsOfDay(monthStart)
  return dayFromParts(year, month, date)
}

function monthEnd(today: Day): Day {
  const end = startOfMonth(today, 1) - 1
  return end > today ? end : startOfMonth(today, 2) - 1
}

/** The same date `months` later, or that month's last day when it has no such date. */
function addMonths(today: Day, months: number): Day {
  const { date } = partsOfDay(today)
  return Math.min(startOfMonth(today, months) + date - 1, startOfMonth(today, months + 1) - 1)
}

/** 3, 三, 十, 十五, 二十 … */
function numberOf(word: string | undefined): number {
  const text = word ?? ''
  if (/^\d+$/.test(text)) return Number(text)
  const ten = text.indexOf('十')
  if (ten < 0) return DIGITS[text] ?? 0
  const tens = ten === 0 ? 1 : (DIGITS[text.slice(0, ten)] ?? 0)
  return tens * 10 + (DIGITS[text.slice(ten + 1)] ?? 0)
}
