import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { getState, setState } from '../store/state.ts'

/** How far the event lane has looked. */
export interface EventsSeen {
  /** Every event up to this id was looked at … */
  readonly upTo: number
  /** … and of the last `OVERLAP` ids these were acted on. */
  readonly handled: readonly number[]
}

/**
 * With several writers an id can become visible after a higher one (PostgreSQL hands out ids before commit), so
 * the last ids are looked at again.
 */
const OVERLAP = 2_000
/** A first look does not read years of history: older events are in the scores. */
const FIRST_LOOK = 100_000

const Stored = z.object({ upTo: z.number(), handled: z.array(z.number()) })

export async function eventsSeen(ctx: Ctx, newest: number): Promise<EventsSeen> {
  const value = await getState(ctx, 'events.seen')
  if (value === null) return { upTo: Math.max(0, newest - FIRST_LOOK), handled: [] }
  return Stored.parse(JSON.parse(value))
}

export function lookFrom(seen: EventsSeen): number {
  return Math.max(0, seen.upTo - OVERLAP)
}

export async function rememberSeen(ctx: Ctx, upTo: number, handled: readonly number[]): Promise<void> {
  const recent = handled.filter((id) => id > upTo - OVERLAP)
  await setState(ctx, 'events.seen', JSON.stringify({ upTo, handled: recent }))
}
