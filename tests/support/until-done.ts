import { systemClock } from '../../src/clock.ts'

/** Says what is still missing; null when nothing is. */
export type Missing = () => string | null | Promise<string | null>

/** A machine that is busy with other things stands still for seconds, not for minutes. */
const STILL_MS = 300_000

/**
 * Waits until nothing is missing: as long as it takes, if only what is missing changes now and then. So a slow machine
 * is no failure, and a standstill tells where.
 * @param options.everyMs between two looks
 * @param options.explain more about a standstill, for its error
 * @throws Error when the same has been missing for minutes
 */
export async function untilDone(
  look: Missing,
  options: { everyMs?: number; explain?: () => Promise<string> } = {},
): Promise<void> {
  const { everyMs = 500, explain } = options
  let [missing, since] = [await look(), systemClock.now()]
  while (missing !== null) {
    if (systemClock.now() - since > STILL_MS) {
      throw new Error(`nothing has moved for ${STILL_MS / 60_000} minutes: ${missing}\n${await explain?.()}`)
    }
    await systemClock.sleep(everyMs)
    const now = await look()
    if (now !== missing) since = systemClock.now()
    missing = now
  }
}
