import { NO_PURCHASE } from '../learn/history/enrich-purchase-model.ts'

/**
 * What a learned model sees, as a person would name it. Columns that tell the same story from several sides are added
 * up: alone, two correlated columns may say the opposite and mean nothing.
 */
export const GROUPS = [
  'rhythm',
  'orders',
  'spend',
  'no-order',
  'activity',
  'complaint',
  'nps',
  'contact-change',
  'negative-words',
  'segment',
  'cancel',
] as const
export type Group = (typeof GROUPS)[number]

/** Name of what the segment adds, among the contributions of the columns. */
export const SEGMENT = 'segment'

const OF_COLUMN: Readonly<Record<string, Group>> = {
  recency: 'rhythm',
  recencyOverMedian: 'rhythm',
  recencyOverMax: 'rhythm',
  recencyOverTenure: 'rhythm',
  gapMean: 'rhythm',
  gapMedian: 'rhythm',
  gapMax: 'rhythm',
  gapCv: 'rhythm',
  gapLast: 'rhythm',
  tenure: 'orders',
  orders: 'orders',
  ordersThird: 'orders',
  ordersHorizon: 'orders',
  ordersTwice: 'orders',
  ordersFour: 'orders',
  orderRate: 'orders',
  newerHalf: 'orders',
  spendTotal: 'spend',
  spendMean: 'spend',
  spendLastRatio: 'spend',
  spendTwice: 'spend',
  [NO_PURCHASE]: 'no-order',
  [SEGMENT]: 'segment',
}

/** Columns beyond orders are named `<what>:<how>`. */
const OF_FACT: Readonly<Record<string, Group>> = {
  complaint: 'complaint',
  ticket: 'complaint',
  nps: 'nps',
  'contact-change': 'contact-change',
  'negative-words': 'negative-words',
  payment: 'spend',
  refund: 'spend',
  renewal: 'spend',
}

/** The group of a column; whatever is none of the above is something the customer does with us. */
export function groupOf(column: string): Group {
  const [what = column] = column.split(':')
  return OF_COLUMN[column] ?? OF_FACT[what] ?? 'activity'
}
