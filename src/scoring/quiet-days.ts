import type { Calendar } from '../calendar.ts'
import type { Day } from '../model/day.ts'

/** Days off in a row from which a public holiday explains silence by itself: 春节, 五一, 国庆. */
const LONG_HOLIDAY_DAYS = 5

/** Around 春节 business rests longer than the law says: factories close early and reopen late. */
const SPRING_FESTIVAL = '春节'
const SPRING_PADDING_DAYS = 7

export type Span = readonly [Day, Day]

/**
 * Long public holidays between two days, as spans. Silence inside them is no sign of leaving: the own-cycle
 * check counts only the days outside, on both sides — in the past gaps and in the silence of today.
 */
export function longHolidays(calendar: Calendar, from: Day, to: Day): Span[] {
  const spans: Span[] = []
  // Look beyond the end: as-of may lie inside a holiday or in the days before 春节.
  const end = to + 2 * SPRING_PADDING_DAYS
  for (let day = from; day <= end; day++) {
    if (calendar.isWorkday(day)) continue
    const first = day
    const names = new Set<string>()
    for (; !calendar.isWorkday(day); day++) {
      const name = calendar.holidayName(day)
      if (name !== null) names.add(name)
    }
    if (names.size === 0 || day - first < LONG_HOLIDAY_DAYS) continue
    const padding = names.has(SPRING_FESTIVAL) ? SPRING_PADDING_DAYS : 0
    spans.push([first - padding, day - 1 + padding])
  }
  return spans
}

/** Counts days outside the spans. */
export interface DayCounter {
  /** Days in (from, to] that lie outside every span. */
  between(from: Day, to: Day): number
  /** The first day by which `n` days outside every span have passed since `from` (n ≥ 0). */
  ahead(from: Day, n: number): Day
}

const counters = new WeakMap<readonly Span[], DayCounter>()

/** The counter of these spans (made once per list). */
export function dayCounter(spans: readonly Span[]): DayCounter {
  const known = counters.get(spans)
  if (known) return known
  const made = createCounter(spans)
  counters.set(spans, made)
  return made
}

function createCounter(spans: readonly Span[]): DayCounter {
  const first = spans[0]?.[0] ?? 0
  const last = spans.at(-1)?.[1] ?? -1
  // quiet[i] = quiet days in [first, first + i].
  const quiet = new Int32Array(Math.max(0, last - first + 1))
  let index = 0
  let count = 0
  for (let day = first; day <= last; day++) {
    while ((spans[index]?.[1] ?? last) < day) index++
    if (day >= (spans[index]?.[0] ?? last + 1)) count++
    quiet[day - first] = count
  }
  const upTo = (day: Day): number => (day < first ? 0 : (quiet[Math.min(day, last) - first] ?? 0))
  return {
    between: (from, to) => to - from - (upTo(to) - upTo(from)),
    ahead(from, n) {
      if (n <= 0) return from
      let day = from + n
      for (const [start, end] of spans) {
        if (start > day) break
        if (end > from) day += end - Math.max(start, from + 1) + 1
      }
      return day
    },
  }
}
