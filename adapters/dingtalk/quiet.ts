import type { EventEmitter } from 'node:events'

const NOISY = ['info', 'warn', 'error'] as const

/** Runs `work` while nothing reaches the console: the client package prints there, addresses with tickets included. */
export function quietly<T>(work: () => T): T {
  const kept = NOISY.map((name): [string, unknown] => [name, Reflect.get(console, name)])
  for (const name of NOISY) Reflect.set(console, name, () => undefined)
  try {
    return work()
  } finally {
    for (const [name, write] of kept) Reflect.set(console, name, write)
  }
}

/** The listeners that are there now go on to hear these events, but no longer print. */
export function quietListeners(emitter: EventEmitter, events: readonly string[]): void {
  for (const event of events) {
    for (const listener of emitter.listeners(event)) {
      const heard = (...values: unknown[]): unknown => quietly(() => Reflect.apply(listener, emitter, values))
      Reflect.apply(emitter.removeListener, emitter, [event, listener])
      emitter.on(event, heard)
    }
  }
}
