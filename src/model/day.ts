/**
 * A business day as an integer: days since 1970-01-01 on the wall calendar of the business time zone.
 * Arithmetic on days is plain integer arithmetic; the zone enters only in `calendar.ts`.
 */
export type Day = number

const MS_PER_DAY = 86_400_000

/** `2026-11-22` → Day, or null when the text is no real calendar date. */
export function dayFromIso(text: string): Day | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!match) return null
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])]
  return dayFromParts(year, month, date)
}

/** Year, month 1-12, date 1-31 → Day, or null when there is no such date. */
export function dayFromParts(year: number, month: number, date: number): Day | null {
  const ms = Date.UTC(year, month - 1, date)
  const back = new Date(ms)
  if (back.getUTCFullYear() !== year || back.getUTCMonth() !== month - 1 || back.getUTCDate() !== date)
    return null
  return ms / MS_PER_DAY
}

/** Day → `2026-11-22`. */
export function isoFromDay(day: Day): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10)
}

/** Day → its year, month 1-12, date 1-31 and ISO weekday 1 (Monday) to 7 (Sunday). */
export function partsOfDay(day: Day): { year: number; month: number; date: number; weekday: number } {
  const at = new Date(day * MS_PER_DAY)
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    date: at.getUTCDate(),
    weekday: at.getUTCDay() === 0 ? 7 : at.getUTCDay(),
  }
}

/** The first day of the month `months` after the month of `day`. */
export function startOfMonth(day: Day, months = 0): Day {
  const { year, month } = partsOfDay(day)
  return Date.UTC(year, month - 1 + months, 1) / MS_PER_DAY
}
