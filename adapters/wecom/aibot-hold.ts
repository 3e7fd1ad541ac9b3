import type { Clock } from '../../src/clock.ts'
import type { Log } from '../../src/log.ts'
import type { LeasePort } from './ports.ts'

export interface HoldParts {
  readonly lease: LeasePort
  readonly clock: Clock
  readonly log: Log
  /** Another process holds the lease; told at every look. */
  readonly onStandby: () => void
}

/** A process that died is followed after this long; a living one shows itself three times as often. */
export const LEASE_MS = 15_000
const RENEW_MS = LEASE_MS / 3
const STANDBY_MS = 3_000

/**
 * Runs `work` while this process holds the lease, again and again until `stopping`. `held` ends when the lease is lost,
 * or could not be prolonged for its whole length: then another process may have it, and the work must end.
 */
export async function whileHolding(
  parts: HoldParts,
  stopping: AbortSignal,
  work: (held: AbortSignal) => Promise<void>,
): Promise<void> {
  const { lease, clock, log, onStandby } = parts
  while (!stopping.aborted) {
    if (!(await taken(parts))) {
      onStandby()
      await clock.sleep(STANDBY_MS, stopping)
      continue
    }
    const lost = new AbortController()
    const done = new AbortController()
    const keeping = keep(parts, lost, done.signal)
    await work(AbortSignal.any([stopping, lost.signal]))
    done.abort()
    await keeping
    await lease.release().catch((error: unknown) => log.warn({ error }, 'a lease could not be given back'))
  }
}

async function keep(parts: HoldParts, lost: AbortController, done: AbortSignal): Promise<void> {
  const { lease, clock, log } = parts
  let until = clock.now() + LEASE_MS
  while (!done.aborted && !lost.signal.aborted) {
    await clock.sleep(RENEW_MS, done)
    if (done.aborted) return
    const now = clock.now()
    try {
      if (await lease.take(LEASE_MS)) until = now + LEASE_MS
      else lost.abort()
    } catch (error) {
      log.warn({ error }, 'a lease could not be prolonged')
      if (clock.now() >= until) lost.abort()
    }
  }
}

/** A database that does not answer now is asked again later, like one that says no. */
async function taken({ lease, log }: HoldParts): Promise<boolean> {
  try {
    return await lease.take(LEASE_MS)
  } catch (error) {
    log.warn({ error }, 'a lease could not be taken')
    return false
  }
}
