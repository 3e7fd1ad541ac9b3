import type { Calendar } from '../../calendar.ts'
import type { Day } from '../../model/day.ts'
import type { Reason } from '../understand/lexicon.ts'
import { understand } from '../understand.ts'

/** What was told longer ago says little about today. */
const FRESH_DAYS = 180
/** After one of these an older reason is settled. */
const SETTLED: readonly (string | null)[] = ['ordered', 'renewed', 'resolved', 'won']
/** Dates in old notes do not matter here; any limit reads the reason the same. */
const MAX_NEXT_DAYS = 180

interface Touch {
  readonly day: Day
  readonly outcome: string | null
  readonly note: string
}

/**
 * The last reason somebody logged for this customer, unless an order or a solution came after it. Pure.
 * @param touches newest first
 */
export function toldReason(
  touches: readonly Touch[],
  now: { readonly today: Day; readonly calendar: Calendar },
): Reason | null {
  for (const { day, outcome, note } of touches) {
    if (now.today - day > FRESH_DAYS || SETTLED.includes(outcome)) return null
    if (note === '') continue
    const { reason } = understand(note, { ...now, today: day }, MAX_NEXT_DAYS)
    if (reason !== null && reason !== 'other') return reason
  }
  return null
}
