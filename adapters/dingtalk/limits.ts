import type { Clock } from '../../src/clock.ts'
import { AppError } from '../../src/errors.ts'
import type { SwappableValues } from '../shared/shared-values.ts'
import { createGate, type Gate } from './gate.ts'

export const WEBHOOK = 'robot/sendBySession'

export interface Limits {
  /** Resolves when this API may be called. @throws AppError `busy` while it, or the whole app, rests */
  take(api: string): Promise<void>
  /** For a webhook, which needs no token and has a quota of its own: it rests alone. */
  takeWebhook(): Promise<void>
  pauseApi(api: string, ms: number): void
  pauseAll(ms: number): void
}

export interface LimitsParts {
  readonly clock: Clock
  readonly shared: Pick<SwappableValues, 'get' | 'swap'>
  /** Of the app: limits are its own. */
  readonly clientId: string
}

/** What the platform refused for a while, in this process, and how often all processes together may call. */
export function createLimits({ clock, shared, clientId }: LimitsParts): Limits {
  const gates = new Map<string, Gate>()
  const resting = new Map<string, number>()
  let allRestUntil = 0

  function checkRest(api: string): void {
    const all = api === WEBHOOK ? 0 : allRestUntil
    const wait = Math.max(all, resting.get(api) ?? 0) - clock.now()
    if (wait <= 0) return
    throw new AppError('busy', `calls of DingTalk ${api} rest`, { retryAfterMs: wait, halt: 'pause' })
  }

  function gateOf(api: string): Gate {
    const gate = gates.get(api) ?? createGate(api, { clock, shared, name: `dingtalk.${clientId}` })
    gates.set(api, gate)
    return gate
  }

  async function take(api: string): Promise<void> {
    checkRest(api)
    await gateOf(api).enter()
    checkRest(api)
  }

  return {
    take,
    takeWebhook: () => take(WEBHOOK),
    pauseApi(api, ms) {
      resting.set(api, clock.now() + ms)
    },
    pauseAll(ms) {
      allRestUntil = clock.now() + ms
    },
  }
}
