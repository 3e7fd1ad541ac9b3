import type { Day } from './day.ts'
import type { Fact } from './score.ts'

/** Every kind of fact with the names of its values. The sentences stand in `text/<locale>/facts.ts`. */
export const FACT_KINDS = {
  /** Days; `orders` is the number of order days. On: last order. */
  'own-cycle': ['typical', 'orders', 'longest', 'silence'],
  /** Days of long public holidays left out of a silence. */
  holiday: ['days'],
  /** `amount` 分 (-1 unknown), `days` ago. */
  'last-order': ['amount', 'days'],
  /** `kinds`: event kinds joined by comma. On: the last day one of them happened, or first seen. */
  silence: ['days', 'kinds'],
  idle: ['days'],
  /** Interactions in the last 30 days, and per 30 days in the 90 before. */
  'activity-drop': ['recent', 'before'],
  /** Median amounts, 分. */
  'smaller-orders': ['recent', 'usual'],
  'order-amount': ['amount'],
  /** `text`: the first words of it, may be empty. */
  'complaint-open': ['days', 'text'],
  'complaint-closed': ['days', 'text'],
  'ticket-open': ['days', 'text'],
  'renewal-due': ['days'],
  'renewal-late': ['days'],
  /** `who`: as the source told it, e.g. 张伟→李娜; may be empty. */
  'contact-change': ['who', 'days'],
  /** `who` of us the customer removed, `still`: whom of us it kept, joined by 、; both may be empty. */
  'contact-deleted': ['who', 'still', 'days'],
  'nps-low': ['score'],
  'nps-drop': ['score', 'before'],
  /** Of 5. */
  'csat-low': ['score'],
  /** `text`: the first words of what was written with the score. */
  'survey-words': ['text'],
  /** `words` joined by 、, `quote` the passage they stand in. */
  'negative-words': ['words', 'quote'],
  cancel: ['text'],
  /** What a learned scorer stands on. Purchase days in the last `window` days and in as many before. On: last order. */
  'orders-window': ['recent', 'before', 'window'],
  /** Purchase days since the first one, `days` ago. */
  'orders-total': ['orders', 'days'],
  /** 分 in the last `window` days, and ever. */
  spend: ['recent', 'window', 'amount'],
  /** The last order against the mean of those before, 分. */
  'small-order': ['amount', 'usual', 'days'],
  /** Probability in percent of no order within `window` days, by the purchase model. On: last order. */
  'no-order': ['percent', 'window'],
  /** Whatever the customer did in the last 30 days; on: the last of it, `days` ago. */
  activity: ['recent', 'days'],
  'nps-given': ['score'],
  /** `more` is 1 where customers of the segment leave more often than the model says, else 0. */
  segment: ['name', 'more'],
  'no-complaint': ['days'],
  'no-nps': ['days'],
  'no-contact-change': ['days'],
  'no-negative-words': ['days'],
  'seed-order': ['days'],
  'seed-consult': ['days'],
  'seed-browse': ['days'],
  'seed-review': ['days'],
  'seed-silence': ['days'],
} as const

export type FactKind = keyof typeof FACT_KINDS
export type FactValueName = (typeof FACT_KINDS)[FactKind][number]
/** The values of any fact as a sentence reads them. */
export type FactValues = Readonly<Partial<Record<FactValueName, number | string>>>

/** Makes a fact; the compiler checks that its kind has exactly these values. */
export function factOf<K extends FactKind>(
  kind: K,
  on: Day,
  values: Readonly<Record<(typeof FACT_KINDS)[K][number], number | string>>,
  source: Fact['source'],
): Fact {
  return { kind, on, values, source }
}

export function isFactKind(kind: string): kind is FactKind {
  return Object.hasOwn(FACT_KINDS, kind)
}
