import type { InboundEvent } from '../../src/model/chat.ts'
import { PRESS_WINDOW_MS } from './inbound.ts'

const MAX_PRESSES = 5_000

/**
 * Gives a press the id of the same one within the minute before it: the minute in its id may have changed in between.
 * Bounded, and for one process; presses of one minute are the same in all of them.
 */
export function createRepeatedPresses(): (event: InboundEvent) => InboundEvent {
  const latest = new Map<string, { readonly id: string; readonly at: number }>()

  return (event) => {
    if (event.kind !== 'action') return event
    const press = event.id.slice(0, event.id.lastIndexOf(':'))
    const before = latest.get(press)
    if (before && Math.abs(event.at - before.at) < PRESS_WINDOW_MS) return { ...event, id: before.id }
    latest.delete(press)
    latest.set(press, { id: event.id, at: event.at })
    const [oldest] = latest.keys()
    if (latest.size > MAX_PRESSES && oldest !== undefined) latest.delete(oldest)
    return event
  }
}
