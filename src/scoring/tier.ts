import type { Tier } from '../model/churn.ts'
import type { Population } from '../model/population.ts'
import type { Features } from './features.ts'

/**
 * Value tier by revenue of the trailing 12 months, an axis of its own beside risk (T4): a customer may be
 * tier A and lost tomorrow. Nothing bought and nothing earned yet is 数据不足.
 */
export function tierOf({ revenue12m, orderDays }: Features, { valueCuts }: Population): Tier {
  if (orderDays === 0 && revenue12m <= 0) return 'unknown'
  const [a, b] = valueCuts
  if (revenue12m <= 0) return 'C'
  if (revenue12m >= a) return 'A'
  return revenue12m >= b ? 'B' : 'C'
}
