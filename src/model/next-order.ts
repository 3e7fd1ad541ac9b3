import type { Day } from './day.ts'

/** When a customer with a rhythm of its own is expected to order again. */
export interface NextOrder {
  /** The last order: one cycle is what follows it. */
  readonly after: Day
  /** The window, and the day in it that is likeliest. After `until` the order is late. */
  readonly from: Day
  readonly due: Day
  readonly until: Day
  /** The own usual gap in calendar days, as a person would count it. */
  readonly every: number
}
