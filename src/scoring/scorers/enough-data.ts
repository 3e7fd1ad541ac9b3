import type { Features } from '../features.ts'

const MIN_ORDER_DAYS = 2
const MIN_ACTIVE_DAYS = 5

/**
 * Least history a risk may stand on: two purchases, or five active days, or a contract with a renewal date, or
 * an explicit notice. Below it the answer is 数据不足, never a number.
 */
export function enoughData({ orderDays, activeDays, renewal, cancel }: Features): boolean {
  return orderDays >= MIN_ORDER_DAYS || activeDays >= MIN_ACTIVE_DAYS || renewal !== null || cancel !== null
}
