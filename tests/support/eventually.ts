import { vi } from 'vitest'

/** What is waited for comes within milliseconds; a busy machine may need seconds. */
const PATIENCE = { timeout: 60_000, interval: 10 }

/** Resolves with what `check` gives as soon as it does not throw. @throws its last error when that takes too long */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, PATIENCE)
}
