import type { Day } from '../../model/day.ts'
import type { EventKind } from '../../model/event.ts'
import type { DemoContact } from './contacts.ts'

/** One dated thing in a customer's life; `minute` after local midnight. Money in yuan. */
export interface DemoEvent {
  readonly day: Day
  readonly minute: number
  readonly kind: EventKind
  readonly amount?: number
  readonly quantity?: number
  readonly channel?: string
  readonly text?: string
  readonly note?: string
}

export interface DemoSurvey {
  readonly day: Day
  readonly minute: number
  readonly score: number
  readonly contact: string
  readonly text?: string
}

/** Everything that ever happens to one customer, in order, from the first day to the last of the log. */
export interface Life {
  readonly events: readonly DemoEvent[]
  readonly surveys: readonly DemoSurvey[]
  readonly contacts: readonly DemoContact[]
  /** End of the contract as the books show it, and the day from which they show it. */
  readonly contractEnds: readonly { readonly shownFrom: Day; readonly end: Day }[]
}
