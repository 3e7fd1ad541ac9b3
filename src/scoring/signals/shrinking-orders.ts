import { factOf } from '../../model/fact-kinds.ts'
import type { Signal } from '../signal.ts'

const MAX_SHARE = 0.65
const POINTS = 14
const MORE_POINTS = 18

/**
 * Shrinking orders (A40): the median of the last three purchases against the own median of those before.
 * Medians on both sides: one small top-up does not fire, one past peak does not either.
 */
export const shrinkingOrders: Signal = {
  id: 'shrinking-orders',
  family: 'money',
  evaluate({ amounts, purchases, asOf }) {
    if (amounts === null || amounts.usual <= 0) return null
    const share = amounts.recent / amounts.usual
    if (share > MAX_SHARE) return null
    const { recent, usual } = amounts
    const last = purchases.filter((one) => one.amount !== null).slice(-3)
    return {
      signal: 'shrinking-orders',
      points: Math.round(POINTS + MORE_POINTS * (1 - Math.max(0, share) / MAX_SHARE)),
      facts: [
        factOf('smaller-orders', last.at(-1)?.day ?? asOf, { recent, usual }, null),
        ...last.map((one) =>
          factOf('order-amount', one.day, { amount: one.amount ?? 0 }, { table: 'events', id: one.id }),
        ),
      ],
    }
  },
}
