import { z } from 'zod'
import type { Clock } from '../../src/clock.ts'
import { changeValue } from './change-value.ts'
import type { SwappableValues } from './shared-values.ts'

/** At most `count` within any `windowMs`. */
export interface Window {
  readonly windowMs: number
  readonly count: number
}

export interface Taken {
  /** How many may go now. */
  readonly taken: number
  /** When none may: milliseconds until `least` fit. */
  readonly waitMs: number
}

export interface Windows {
  /**
   * Takes as many of `most` as fit into every window now, but none when fewer than `least` fit. `least` is never more
   * than the smallest count of a window.
   */
  take(key: string, want: { readonly least: number; readonly most: number }): Promise<Taken>
}

export interface WindowsParts {
  readonly clock: Clock
  readonly shared: Pick<SwappableValues, 'get' | 'swap'>
  /** Where the counts stand: `pace.<name>.<key>`. */
  readonly name: string
  readonly windows: readonly Window[]
}

/** What went out lately: how many in which slot, oldest first. One list a window, for its slots are as fine as it needs. */
const Sent = z.array(z.array(z.tuple([z.int(), z.int().min(1)])))
type Slots = readonly (readonly [slot: number, count: number])[]

/** A window is counted in this many parts, so that the longest list stays short; what a slot holds leaves it together. */
const SLOTS = 60

/**
 * Sliding windows that all processes of an app share: what any of them took within a window is never more than its
 * count, as far as their clocks agree. A take is one read and one conditional write of one small value.
 */
export function createWindows({ clock, shared, name, windows }: WindowsParts): Windows {
  return {
    take: (key, { least, most }) =>
      changeValue<Taken>(shared, `pace.${name}.${key}`, (before) => {
        const now = clock.now()
        const sent = windows.map((window, at) => recent(parsed(before)[at] ?? [], window, now))
        const room = Math.min(most, ...windows.map(({ count }, at) => count - sum(sent[at] ?? [])))
        if (room < least) {
          const waits = windows.map((window, at) => waitFor(sent[at] ?? [], window, least, now))
          return { after: null, result: { taken: 0, waitMs: Math.max(...waits) } }
        }
        const added = windows.map((window, at) => withMore(sent[at] ?? [], window, room, now))
        return { after: JSON.stringify(added), result: { taken: room, waitMs: 0 } }
      }),
  }
}

function parsed(value: string | null): readonly Slots[] {
  if (value === null) return []
  try {
    return Sent.parse(JSON.parse(value))
  } catch {
    // Not what this version writes: as good as absent.
    return []
  }
}

function slotMs({ windowMs }: Window): number {
  return Math.ceil(windowMs / SLOTS)
}

/** When the last one that a slot may hold is out of the window. */
function leavesAt(slot: number, window: Window): number {
  return (slot + 1) * slotMs(window) + window.windowMs
}

function recent(slots: Slots, window: Window, now: number): Slots {
  return slots.filter(([slot]) => now < leavesAt(slot, window))
}

function sum(slots: Slots): number {
  return slots.reduce((total, [, count]) => total + count, 0)
}

/** Milliseconds until `amount` more fit; 0 means now. */
function waitFor(slots: Slots, window: Window, amount: number, now: number): number {
  let over = sum(slots) + amount - window.count
  for (const [slot, count] of slots) {
    if (over <= 0) break
    over -= count
    if (over <= 0) return leavesAt(slot, window) - now
  }
  return 0
}

/** A process whose clock is behind counts into the newest slot: later is safe. */
function withMore(slots: Slots, window: Window, amount: number, now: number): Slots {
  const [slot, count] = slots.at(-1) ?? [0, 0]
  const current = Math.floor(now / slotMs(window))
  if (slots.length > 0 && slot >= current) return [...slots.slice(0, -1), [slot, count + amount]]
  return [...slots, [current, amount]]
}
