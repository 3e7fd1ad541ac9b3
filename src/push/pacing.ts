/**
 * Token buckets as plain values. Platforms drop silently what comes too fast (WeCom: more than 30 a minute per
 * member), so we pace before sending.
 */
export interface Bucket {
  readonly tokens: number
  readonly at: number
}

export interface Rate {
  /** Tokens a full bucket holds: the largest burst. */
  readonly burst: number
  readonly perMs: number
}

export function ratePerMinute(n: number): Rate {
  return { burst: n, perMs: n / 60_000 }
}

export function ratePerSecond(n: number): Rate {
  return { burst: n, perMs: n / 1_000 }
}

/** The bucket as it stands at `now`; an unknown one is full. */
export function refilled(bucket: Bucket | undefined, rate: Rate, now: number): Bucket {
  if (!bucket) return { tokens: rate.burst, at: now }
  const tokens = bucket.tokens + Math.max(0, now - bucket.at) * rate.perMs
  return { tokens: Math.min(rate.burst, tokens), at: Math.max(now, bucket.at) }
}

/** Milliseconds until a token is there; 0 means now. */
export function waitFor(bucket: Bucket, rate: Rate): number {
  return bucket.tokens >= 1 ? 0 : Math.ceil((1 - bucket.tokens) / rate.perMs)
}

export function taken(bucket: Bucket): Bucket {
  return { ...bucket, tokens: bucket.tokens - 1 }
}

const BASE_MS = 2_000
const MAX_MS = 15 * 60_000

/**
 * How long to wait after the `attempt`-th failure (from 1): exponential with full jitter, so that many failed
 * messages do not come back together; never earlier than the platform asked for.
 */
export function backoffMs(attempt: number, random: number, retryAfterMs: number | undefined): number {
  const ceiling = Math.min(MAX_MS, BASE_MS * 2 ** (attempt - 1))
  return Math.max(Math.ceil(random * ceiling), retryAfterMs ?? 0)
}
