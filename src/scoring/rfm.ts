import type { Population } from '../model/population.ts'
import type { Rfm } from '../model/rfm.ts'
import type { Features } from './features.ts'
import { quintile } from './quantile-cuts.ts'

/** Fewer order days than this are 数据不足. */
const MIN_ORDER_DAYS = 2

/** RFM of the whole known history by the run's frozen cut points: last order day, order days, net revenue. */
export function rfmOf({ orderDays, purchases, revenueTotal }: Features, population: Population): Rfm | null {
  const last = purchases.at(-1)
  if (population.rfm === null || last === undefined || orderDays < MIN_ORDER_DAYS) return null
  const { r, f, m } = population.rfm
  return { r: quintile(r, last.day), f: quintile(f, orderDays), m: quintile(m, revenueTotal) }
}
