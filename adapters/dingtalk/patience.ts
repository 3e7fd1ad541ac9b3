import type { Clock } from '../../src/clock.ts'
import { asAppError, isRetryable } from '../../src/errors.ts'

const TRIES = 3
/** Whoever asks for more patience gets it at the next synchronisation. */
const LONGEST_WAIT_MS = 5_000

/** Reading is repeated where the platform is busy for a moment: hundreds of calls follow each other. */
export async function withPatience<T>(clock: Clock, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    signal.throwIfAborted()
    try {
      return await work()
    } catch (error) {
      const wait = asAppError(error).retryAfterMs ?? tried * 1_000
      if (!isRetryable(error) || tried === TRIES || wait > LONGEST_WAIT_MS) throw error
      await clock.sleep(wait, signal)
    }
  }
}
