/** Waits grow from one second to one minute; half of each is random, so that processes do not come back together. */
const FIRST_MS = 1_000
const LONGEST_MS = 60_000

/** How long to wait before the next attempt. `failures` 0: a good connection has just ended. `random`: 0 to 1. */
export function reconnectMs(failures: number, random: number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1))
  return Math.ceil(ceiling * (0.5 + random / 2))
}
