import type { Clock } from '../../src/clock.ts'
import { changeValue } from './change-value.ts'
import type { SwappableValues } from './shared-values.ts'

export interface DayBudgetParts {
  readonly clock: Clock
  readonly shared: Pick<SwappableValues, 'get' | 'swap'>
  /** Where the count stands: `pace.<name>.<day>`. */
  readonly name: string
  readonly perDay: number
}

const CHINA_MS = 8 * 3_600_000
const DAY_MS = 86_400_000
const MAX_SLICE = 50

/**
 * What an app may send on one calendar day in China, shared by all its processes. Each takes a slice at a time, at most a
 * hundredth of the day, so that few messages write; a process that ends gives up what is left of its slice.
 * @returns 0 when `amount` may go now, else the milliseconds until the next day
 */
export function createDayBudget({ clock, shared, name, perDay }: DayBudgetParts) {
  const slice = Math.min(MAX_SLICE, Math.max(1, Math.floor(perDay / 100)))
  let day = 0
  let left = 0

  /** Takes a slice of at least `needed` from what all share; 0 when the day has not so much left. */
  function more(today: number, needed: number): Promise<number> {
    const date = new Date(today * DAY_MS).toISOString().slice(0, 10)
    return changeValue(shared, `pace.${name}.${date}`, (before) => {
      const used = Number(before ?? 0)
      const size = Math.min(Math.max(slice, needed), perDay - used)
      if (size < needed) return { after: null, result: 0 }
      return { after: String(used + size), result: size }
    })
  }

  return async function take(amount: number): Promise<number> {
    for (;;) {
      const now = clock.now() + CHINA_MS
      const today = Math.floor(now / DAY_MS)
      if (today !== day) {
        day = today
        left = 0
      }
      if (left >= amount) {
        left -= amount
        return 0
      }
      const size = await more(today, amount - left)
      if (size === 0) return (today + 1) * DAY_MS - now
      if (today === day) left += size
    }
  }
}
