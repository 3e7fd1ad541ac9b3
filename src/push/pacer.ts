import type { Settings } from '../settings.ts'
import { type Bucket, ratePerMinute, ratePerSecond, refilled, taken, waitFor } from './pacing.ts'

/**
 * Paces one process's sends: per address and per platform, so that nobody is flooded and a backlog goes out evenly. What
 * a platform allows is kept by its adapter, for all processes together.
 */
export interface Pacer {
  /** 0 when a message may go now (its tokens are taken then), else the milliseconds to wait. */
  take(platform: string, address: string, now: number): number
}

/** Beyond this many remembered addresses the full ones (nothing to remember) are forgotten. */
const MAX_BUCKETS = 10_000

export function createPacer(pacing: Settings['push']['pacing']): Pacer {
  const addressRate = ratePerMinute(pacing.perAddressPerMinute)
  const platformRate = ratePerSecond(pacing.perPlatformPerSecond)
  const addresses = new Map<string, Bucket>()
  const platforms = new Map<string, Bucket>()

  function forgetFull(now: number): void {
    for (const [key, bucket] of addresses) {
      if (refilled(bucket, addressRate, now).tokens >= addressRate.burst) addresses.delete(key)
    }
  }

  return {
    take(platform, address, now) {
      const key = `${platform} ${address}`
      const ofAddress = refilled(addresses.get(key), addressRate, now)
      const ofPlatform = refilled(platforms.get(platform), platformRate, now)
      const wait = Math.max(waitFor(ofAddress, addressRate), waitFor(ofPlatform, platformRate))
      if (wait > 0) return wait
      if (addresses.size >= MAX_BUCKETS) forgetFull(now)
      addresses.set(key, taken(ofAddress))
      platforms.set(platform, taken(ofPlatform))
      return 0
    },
  }
}
