import { z } from 'zod'
import type { Clock } from '../../src/clock.ts'
import type { SharedValues } from './shared-values.ts'

/** What the platform answers when it is asked for a token. */
export interface FreshToken {
  readonly token: string
  readonly expiresInS: number
}

export interface Tokens {
  /** A token that is good for now: from memory, from another process, or a new one. */
  get(): Promise<string>
  /** The platform refused `bad`: the token another process has got meanwhile, or a new one. */
  renew(bad: string): Promise<string>
}

export interface TokenParts {
  readonly clock: Clock
  readonly shared: SharedValues
  /** Under which name the token is shared: one token a company and app. */
  readonly name: string
  readonly fetchToken: () => Promise<FreshToken>
}

const Stored = z.object({ token: z.string().min(1), goodUntil: z.number() })
type Stored = z.infer<typeof Stored>

/** A token is renewed this long before it ends; for short-lived ones a tenth of their life. */
const MARGIN_MS = 5 * 60_000

/** Access tokens of one app: one request at a time however many callers wait, shared between processes. */
export function createTokens({ clock, shared, name, fetchToken }: TokenParts): Tokens {
  let known: Stored | null = null
  let flight: Promise<string> | null = null

  const good = (stored: Stored | null, bad: string | null): stored is Stored =>
    stored !== null && stored.token !== bad && clock.now() < stored.goodUntil

  async function obtain(bad: string | null): Promise<string> {
    const other = parse(await shared.get(name))
    known = good(other, bad) ? other : await fetchAndShare()
    return known.token
  }

  async function fetchAndShare(): Promise<Stored> {
    const { token, expiresInS } = await fetchToken()
    const lifeMs = expiresInS * 1000
    const fresh = { token, goodUntil: clock.now() + lifeMs - Math.min(MARGIN_MS, lifeMs / 10) }
    await shared.set(name, JSON.stringify(fresh))
    return fresh
  }

  function singleFlight(bad: string | null): Promise<string> {
    flight ??= obtain(bad).finally(() => {
      flight = null
    })
    return flight
  }

  return {
    get: async () => (good(known, null) ? known.token : singleFlight(null)),
    // Whoever failed with an older token takes the one that was got since.
    renew: async (bad) => (good(known, bad) ? known.token : singleFlight(bad)),
  }
}

function parse(text: string | null): Stored | null {
  if (text === null) return null
  try {
    return Stored.parse(JSON.parse(text))
  } catch {
    // Not what this version writes: as good as absent.
    return null
  }
}
