import { isoFromDay } from '../model/day.ts'

/** Day 0 of Excel's two date systems, in days since 1970-01-01 (1900 counts from 1899-12-30). */
export const ZERO_1900 = -25_569
export const ZERO_1904 = -24_107
const SECONDS_PER_DAY = 86_400
/** 9999-12-31. */
const MAX_SERIAL = 2_958_466

/** Excel's serial number of a date as `2026-11-22` or `2026-11-22 09:30:00`; what is no serial stays as it is. */
export function dateText(serial: string, zero: number): string {
  const value = Number(serial)
  if (serial === '' || !(Math.abs(value) < MAX_SERIAL)) return serial
  const seconds = Math.round((value - Math.floor(value)) * SECONDS_PER_DAY)
  const day = isoFromDay(Math.floor(value) + zero + Math.floor(seconds / SECONDS_PER_DAY))
  const rest = seconds % SECONDS_PER_DAY
  if (rest === 0) return day
  const two = (part: number): string => String(Math.floor(part)).padStart(2, '0')
  return `${day} ${two(rest / 3600)}:${two((rest / 60) % 60)}:${two(rest % 60)}`
}
