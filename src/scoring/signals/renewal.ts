import { factOf } from '../../model/fact-kinds.ts'
import type { Signal } from '../signal.ts'

/** Points by days left: the 90, 60 and 30 day lanes, then past due. */
const LANES: readonly { readonly within: number; readonly points: number }[] = [
  { within: 30, points: 38 },
  { within: 60, points: 22 },
]
const WIDEST_POINTS = 10
const LATE_POINTS = 58
const LATE_PER_WEEK = 2
const LATE_MOST = 76

/** Renewal lane (A42): 90, 60 and 30 days before the renewal date, and past it. A renewal closes it. */
export const renewal: Signal = {
  id: 'renewal',
  family: 'contract',
  evaluate({ renewal: due, asOf, customerId }, { signals }) {
    if (due === null || due.renewed) return null
    const left = due.on - asOf
    if (left > signals.renewalDays) return null
    const source = { table: 'customers', id: customerId } as const
    if (left < 0) {
      const points = Math.min(LATE_MOST, LATE_POINTS + Math.floor(-left / 7) * LATE_PER_WEEK)
      return { signal: 'renewal', points, facts: [factOf('renewal-late', due.on, { days: -left }, source)] }
    }
    const points = LANES.find((lane) => left <= lane.within)?.points ?? WIDEST_POINTS
    return { signal: 'renewal', points, facts: [factOf('renewal-due', due.on, { days: left }, source)] }
  },
}
