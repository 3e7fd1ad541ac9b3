import { z } from 'zod'
import { ACTIVITY_KINDS } from '../../../model/customer-facts.ts'
import { EVENT_KINDS, type EventKind } from '../../../model/event.ts'

/** Which columns a model sees. Plain JSON, kept with the model. */
export const RowPlan = z.object({
  /** Days ahead that risk speaks of; the windows of the counts are multiples of it. */
  horizon: z.number().int().positive(),
  /** Amounts of orders were known when the model was trained. */
  withAmounts: z.boolean(),
  /** Kinds of events besides orders that existed then; any other kind is no column. */
  kinds: z.array(z.enum(EVENT_KINDS)),
  /** Answers to NPS surveys existed then. */
  nps: z.boolean(),
})
export type RowPlan = z.infer<typeof RowPlan>

/**
 * Kinds that a model may learn from besides orders. Not the touches by us, which follow from what we thought of the
 * risk, and not the notice of leaving, which is the answer itself.
 */
export const LEARNED_KINDS: readonly EventKind[] = EVENT_KINDS.filter(
  (kind) => kind === 'contact-change' || (kind !== 'order' && ACTIVITY_KINDS.has(kind)),
)

/** Whether the plan asks for anything but orders. */
export function asksForFacts({ kinds, nps }: RowPlan): boolean {
  return kinds.length > 0 || nps
}
