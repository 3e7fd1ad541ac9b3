import type { Clock } from '../../src/clock.ts'
import type { Log } from '../../src/log.ts'
import type { DingtalkPorts } from './ports.ts'

/** What DingTalk counts for the whole company: calls of its API, and pushes over stream and webhooks. */
export type CallKind = 'api' | 'stream'

export interface Usage {
  /** `2026-11`: the calendar month in China. */
  readonly month: string
  readonly kind: CallKind
  /** By Liuke alone; other apps of the company use the same quota. */
  readonly used: number
  readonly limit: number
}

export interface Quota {
  /** Counts one call; never fails and is never waited for. */
  spend(kind: CallKind): void
  usage(): Promise<readonly Usage[]>
  /** Resolves when everything spent has been written. */
  settled(): Promise<void>
}

export interface QuotaParts {
  readonly name: string
  readonly monthly: Readonly<Record<CallKind, number>>
  readonly count: DingtalkPorts['count']
  readonly clock: Clock
  readonly log: Log
  /** A share of the month's calls has been used: heard once by one of all processes. */
  readonly warn: (usage: Usage, share: number) => void
}

const WARN_SHARES = [0.7, 0.9, 1]
const CHINA_MS = 8 * 3_600_000

/** The meter of the monthly quota, shared by all processes. */
export function createQuota({ name, monthly, count, clock, log, warn }: QuotaParts): Quota {
  const writing = new Set<Promise<void>>()
  const month = (): string => new Date(clock.now() + CHINA_MS).toISOString().slice(0, 7)

  async function add(kind: CallKind, by: number): Promise<Usage> {
    const usage = { month: month(), kind, limit: monthly[kind] }
    return { ...usage, used: await count(`dingtalk.calls.${name}.${usage.month}.${kind}`, by) }
  }

  async function spendOne(kind: CallKind): Promise<void> {
    try {
      const usage = await add(kind, 1)
      const crossed = WARN_SHARES.find((share) => usage.used === Math.ceil(share * usage.limit))
      if (crossed !== undefined) warn(usage, crossed)
    } catch (error) {
      log.warn({ error }, 'a call of DingTalk was not counted')
    }
  }

  return {
    spend(kind) {
      const done = spendOne(kind).finally(() => writing.delete(done))
      writing.add(done)
    },
    usage: () => Promise.all([add('api', 0), add('stream', 0)]),
    async settled() {
      await Promise.all(writing)
    },
  }
}
