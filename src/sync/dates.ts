import { DateTime } from 'luxon'
import type { Calendar } from '../calendar.ts'
import { dayFromParts } from '../model/day.ts'
import { dateText, ZERO_1900 } from './serial-date.ts'
import { halfWidth } from './values.ts'

const SEPARATED =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i
const CHINESE =
  /^(\d{4})年(\d{1,2})月(\d{1,2})[日号]?\s*(?:(\d{1,2})[:时点](\d{1,2})分?(?::?(\d{1,2})秒?)?)?()$/
/** The half of the day, as Excel writes times: `上午 9:30`, `3:05 PM`. */
const HALF = /\s*(上午|下午|am|pm)\s*/i
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?()$/
const MS_PER_SECOND = 1000
const MS_PER_MINUTE = 60_000
const MS_PER_DAY = 86_400_000
/** Dates repeat in real files; the cache is emptied when it reaches this size. */
const CACHE_SIZE = 50_000

/** Reads one date text into an instant (UTC ms), or null. */
export type DateReader = (text: string) => number | null

/**
 * A reader for the date texts of one file. Without an offset a time is wall-clock time of the business zone; a
 * date alone is local midnight. `format` (luxon tokens) replaces the built-in forms. With `serials`, as in a
 * workbook, numbers from 1970 to 2100 in cells without a date format are dates too.
 */
export function dateReader(calendar: Calendar, zone: string, format?: string, serials = false): DateReader {
  const known = new Map<string, number | null>()
  const written = format === undefined ? builtIn(calendar) : byFormat(zone, format)
  const read: DateReader =
    serials && format === undefined
      ? (text) => written(isSerial(text) ? dateText(text, ZERO_1900) : text)
      : written
  return (text) => {
    const before = known.get(text)
    if (before !== undefined) return before
    const value = read(halfWidth(text).trim())
    if (known.size >= CACHE_SIZE) known.clear()
    known.set(text, value)
    return value
  }
}

const FIRST_SERIAL = 25_569
const LAST_SERIAL = 73_415

function isSerial(text: string): boolean {
  return /^\d{5}(?:\.\d+)?$/.test(text) && Number(text) >= FIRST_SERIAL && Number(text) <= LAST_SERIAL
}

function byFormat(zone: string, format: string): DateReader {
  return (text) => {
    const parsed = DateTime.fromFormat(text, format, { zone })
    return parsed.isValid ? parsed.toMillis() : null
  }
}

function builtIn(calendar: Calendar): DateReader {
  return (text) => {
    const half = HALF.exec(text)?.[1]?.toLowerCase()
    const plain = half === undefined ? text : text.replace(HALF, ' ').trim()
    const match = SEPARATED.exec(plain) ?? CHINESE.exec(plain) ?? COMPACT.exec(plain)
    if (!match) return null
    const [year = 0, month = 0, date = 0, clock = 0, minute = 0, second = 0] = match
      .slice(1, 7)
      .map((part) => Number(part ?? 0))
    const hour = hourOf(clock, half)
    const day = dayFromParts(year, month, date)
    if (day === null || hour > 23 || minute > 59 || second > 59) return null
    const minutes = hour * 60 + minute
    const offset = match[7]
    if (offset === undefined || offset === '') return calendar.instant(day, minutes) + second * MS_PER_SECOND
    return day * MS_PER_DAY + (minutes - offsetMinutes(offset)) * MS_PER_MINUTE + second * MS_PER_SECOND
  }
}

/** 下午 3 → 15, 上午 12 → 0; 下午 15 is 15 all the same. */
function hourOf(clock: number, half: string | undefined): number {
  const afternoon = half === '下午' || half === 'pm'
  if (afternoon && clock < 12) return clock + 12
  return half !== undefined && !afternoon && clock === 12 ? 0 : clock
}

/** `Z`, `+08:00`, `-0530` → minutes east of UTC. */
function offsetMinutes(offset: string): number {
  if (offset.toUpperCase() === 'Z') return 0
  const digits = offset.slice(1).replace(':', '')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))
  return offset.startsWith('-') ? -minutes : minutes
}
