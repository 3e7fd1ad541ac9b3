import { type Day, dayFromParts, partsOfDay, startOfMonth } from '../model/day.ts'

/** A span of whole months, or a week from Monday. `label` is the canonical form: `2026-10`, `2026Q3`, `2026`, `11/16–11/22`. */
export interface Period {
  readonly label: string
  readonly from: Day
  /** The last day, included. */
  readonly to: Day
}

/** How far the named period lies from the current one. */
const SHIFT: ReadonlyMap<string, number> = new Map([
  ...['本', '这', '这个', '当', 'this'].map((word): [string, number] => [word, 0]),
  ...['上', '上个', 'last', 'previous'].map((word): [string, number] => [word, -1]),
])
const UNIT: ReadonlyMap<string, number> = new Map([
  ['月', 1],
  ['month', 1],
  ['季', 3],
  ['季度', 3],
  ['quarter', 3],
  ['年', 12],
  ['年度', 12],
  ['year', 12],
])
const YEARS: ReadonlyMap<string, number> = new Map([
  ['今年', 0],
  ['去年', -1],
  ['前年', -2],
])
const QUARTERS = '一二三四'

/**
 * Reads 本周, 上周, 本月, 上月, 本季, 今年, 去年, `2026-10`, 2026年10月, 10月, `2026Q3`, 三季度, `2026` and the English
 * words (this month, last quarter …). A month or quarter without a year is the latest that has begun.
 * @returns null when the text is no period
 */
export function parsePeriod(text: string, today: Day): Period | null {
  const folded = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s的]/g, '')
  return week(folded, today) ?? named(folded, today) ?? written(folded, today)
}

/** 本周, 上周, this week, last week. */
function week(text: string, today: Day): Period | null {
  const match = /^(本|这个?|上个?|this|last|previous)(?:周|星期|week)$/.exec(text)
  const shift = SHIFT.get(match?.[1] ?? '')
  if (shift === undefined) return null
  return weekOf(today + shift * 7)
}

/** The week from Monday that holds `day`. */
export function weekOf(day: Day): Period {
  const from = day - partsOfDay(day).weekday + 1
  return { label: `${monthDate(from)}–${monthDate(from + 6)}`, from, to: from + 6 }
}

function monthDate(day: Day): string {
  const { month, date } = partsOfDay(day)
  return `${month}/${date}`
}

/** The period of `months` (1, 3 or 12) that holds `day`. */
export function periodOf(day: Day, months: 1 | 3 | 12): Period {
  const { year, month } = partsOfDay(day)
  const first = Math.floor((month - 1) / months) * months + 1
  return spanOf(year, first, months)
}

function named(text: string, today: Day): Period | null {
  const years = YEARS.get(text)
  if (years !== undefined) return spanOf(partsOfDay(today).year + years, 1, 12)
  const match = /^(本|这个?|当|上个?|this|last|previous)(月|季度?|年度?|month|quarter|year)$/.exec(text)
  const shift = SHIFT.get(match?.[1] ?? '')
  const months = UNIT.get(match?.[2] ?? '')
  if (shift === undefined || months === undefined) return null
  const current = periodOf(today, months === 1 ? 1 : months === 3 ? 3 : 12)
  const { year, month } = partsOfDay(startOfMonth(current.from, shift * months))
  return spanOf(year, month, months)
}

function written(text: string, today: Day): Period | null {
  const month = /^(?:(\d{4})[年/.-])?(\d{1,2})月?$/.exec(text)
  if (month?.[2] !== undefined && (month[1] !== undefined || text.endsWith('月'))) {
    const value = Number(month[2])
    return value >= 1 && value <= 12 ? latest(month[1], value, 1, today) : null
  }
  const quarter = /^(?:(\d{4})年?-?)?(?:q([1-4])|第?([1-4一二三四])季度?)$/.exec(text)
  if (quarter) {
    const name = quarter[2] ?? quarter[3] ?? ''
    const value = QUARTERS.includes(name) ? QUARTERS.indexOf(name) + 1 : Number(name)
    return latest(quarter[1], (value - 1) * 3 + 1, 3, today)
  }
  const year = /^(\d{4})年?$/.exec(text)
  return year ? spanOf(Number(year[1]), 1, 12) : null
}

/** Of the given year; without one, the latest such period that has begun by today. */
function latest(year: string | undefined, month: number, months: number, today: Day): Period {
  if (year !== undefined) return spanOf(Number(year), month, months)
  const thisYear = partsOfDay(today).year
  const period = spanOf(thisYear, month, months)
  return period.from <= today ? period : spanOf(thisYear - 1, month, months)
}

function spanOf(year: number, month: number, months: number): Period {
  const from = dayFromParts(year, month, 1)
  if (from === null) throw new RangeError(`no such month: ${year}-${month}`)
  const to = startOfMonth(from, months) - 1
  if (months === 12) return { label: String(year), from, to }
  if (months === 3) return { label: `${year}Q${(month + 2) / 3}`, from, to }
  return { label: `${year}-${String(month).padStart(2, '0')}`, from, to }
}
