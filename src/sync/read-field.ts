import { type Calendar, calendarFor } from '../calendar.ts'
import { type Day, dayFromIso, isoFromDay } from '../model/day.ts'
import type { Settings } from '../settings.ts'
import type { Value } from './batch.ts'
import { type DateReader, dateReader } from './dates.ts'
import { acceptedWords, type FieldSpec } from './fields.ts'
import { readFlag, readKey, readMoney, readNumber, readText } from './values.ts'

/** A cell that could not be read, and what would have been accepted. */
export class Unreadable {
  readonly expected: string
  constructor(expected: string) {
    this.expected = expected
  }
}

/** Reads the text of a non-empty cell. */
export type FieldReader = (text: string) => Value | Unreadable

const MAX_KEY = 200
const MAX_TEXT = 500
const MAX_LONG = 8000
/** Dates of plans (renewal, leaving) may lie ahead, but not beyond this. */
const LAST_PLANNED = '2199-12-31'

/** What reading depends on besides the text and the settings. */
export interface ReadSettings {
  /** Present, by the clock of the run. */
  readonly now: number
  readonly dateFormat?: string | undefined
  /** A workbook: bare numbers in date columns are Excel's serial dates. */
  readonly serials?: boolean
}

/** Readers for the fields of one source. */
export interface FieldReaders {
  readonly reader: (spec: FieldSpec) => FieldReader
  readonly dayOf: (at: number) => Day
}

export function fieldReaders(settings: Settings, { now, dateFormat, serials }: ReadSettings): FieldReaders {
  const calendar = calendarFor(settings)
  const dates = dateReader(calendar, settings.business.zone, dateFormat, serials)
  const today = calendar.dayOf(now)
  const when: DateContext = { dates, calendar, today, wanted: wantedDate(dateFormat) }
  return { dayOf: cachedDayOf(calendar), reader: (spec) => readerOf(spec, when) }
}

interface DateContext {
  readonly dates: DateReader
  readonly calendar: Calendar
  readonly today: Day
  /** What a text that is no date should have been. */
  readonly wanted: string
}

function wantedDate(format: string | undefined): string {
  if (format === undefined) return 'a date such as 2026-11-22 or 2026-11-22 09:30 (or use --date-format)'
  return `a date written as ${format} (--date-format; yyyy year, MM month, dd day, HH:mm:ss time)`
}

function readerOf(spec: FieldSpec, when: DateContext): FieldReader {
  switch (spec.type) {
    case 'key':
      return bounded(readKey, MAX_KEY)
    case 'text':
      return bounded(readText, MAX_TEXT)
    case 'long':
      return bounded(readText, MAX_LONG)
    case 'month-day':
      return (text) => monthDay(text.normalize('NFKC').trim()) ?? new Unreadable('a day such as 11-23')
    case 'number':
      return (text) => readNumber(text.trim()) ?? new Unreadable('a number')
    case 'money':
      return (text) => readMoney(text.trim()) ?? new Unreadable('an amount of money such as 1234.50')
    case 'flag':
      return (text) => readFlag(text) ?? new Unreadable('1 or 0 (是 or 否)')
    case 'word':
      return (text) => spec.words?.[readKey(text).toLowerCase()] ?? new Unreadable(acceptedWords(spec))
    case 'instant':
      return instantReader(when)
    case 'day':
      return dayReader(when)
  }
}

/** `11-23`, `11月23日`, `1985/11/23` → 1123; the year is not kept. */
function monthDay(text: string): number | null {
  const [, month, date] = /^(?:\d{4}\D)?(\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? []
  const padded = `2024-${month?.padStart(2, '0')}-${date?.padStart(2, '0')}`
  return dayFromIso(padded) === null ? null : Number(month) * 100 + Number(date)
}

function bounded(read: (text: string) => string, limit: number): FieldReader {
  return (text) => {
    const value = read(text)
    return value.length > limit ? new Unreadable(`at most ${limit} characters`) : value
  }
}

function instantReader({ dates, calendar, today, wanted }: DateContext): FieldReader {
  const tooLate = calendar.instant(today + 1)
  const earliest = calendar.instant(0)
  return (text) => {
    const at = dates(text)
    if (at === null) return new Unreadable(wanted)
    if (at >= tooLate) return new Unreadable(`a date not after today (${isoFromDay(today)})`)
    return at < earliest ? new Unreadable('a date not before 1970-01-01') : at
  }
}

function dayReader({ dates, calendar, wanted }: DateContext): FieldReader {
  return (text) => {
    const at = dates(text)
    if (at === null) return new Unreadable(wanted)
    const day = calendar.dayOf(at)
    if (day < 0 || isoFromDay(day) > LAST_PLANNED)
      return new Unreadable(`a date from 1970 to ${LAST_PLANNED}`)
    return day
  }
}

/** Zone arithmetic is slow and instants repeat (most logs carry dates only). */
function cachedDayOf(calendar: Calendar): (at: number) => Day {
  const known = new Map<number, Day>()
  return (at) => {
    const before = known.get(at)
    if (before !== undefined) return before
    const day = calendar.dayOf(at)
    if (known.size >= 50_000) known.clear()
    known.set(at, day)
    return day
  }
}
