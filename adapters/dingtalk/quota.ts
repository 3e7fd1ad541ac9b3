import type { Clock } from '../../src/clock.ts'
import type { Log } from '../../src/log.ts'
import type { CallUsage } from '../../src/model/chat.ts'

/** What DingTalk counts for the whole company: calls of its API, and pushes over stream and webhooks. */
export type CallKind = CallUsage['kind']

/** What of the month's calls Liuke has used. Other apps of the company use the same quota. */
export interface Quota {
  /** Counts one call; never fails and is never waited for. */
  spend(kind: CallKind): void
  usage(): Promise<readonly CallUsage[]>
  /** As this process knows it, without asking. */
  latest(): readonly CallUsage[]
  /** Resolves when everything spent has been written. */
  settled(): Promise<void>
}

export interface QuotaParts {
  /** The counter's name: processes that give the same one count together. */
  readonly name: string
  readonly monthly: Readonly<Record<CallKind, number>>
  /** Adds to a counter that all processes share; gives its new value. */
  readonly count: (name: string, by: number) => Promise<number>
  readonly clock: Clock
  readonly log: Log
  /** A share of the month's calls has been used: heard by every process, and after a restart again. */
  readonly tell: (usage: CallUsage, share: number) => Promise<void>
}

const KINDS = ['api', 'stream'] as const
/** Highest first: what is passed at once is told once. */
const SHARES = [1, 0.9, 0.7] as const
const CHINA_MS = 8 * 3_600_000

/** The meter of the monthly quota, shared by all processes. */
export function createQuota({ name, monthly, count, clock, log, tell }: QuotaParts): Quota {
  const writing = new Set<Promise<void>>()
  const known = new Map<CallKind, CallUsage>()
  const told = new Set<string>()
  const month = (): string => new Date(clock.now() + CHINA_MS).toISOString().slice(0, 7)

  async function add(kind: CallKind, by: number): Promise<CallUsage> {
    const usage = { month: month(), kind, limit: monthly[kind] }
    const used = await count(`dingtalk.calls.${name}.${usage.month}.${kind}`, by)
    known.set(kind, { ...usage, used })
    await tellShare({ ...usage, used })
    return { ...usage, used }
  }

  async function tellShare(usage: CallUsage): Promise<void> {
    const share = SHARES.find((one) => usage.used >= Math.ceil(one * usage.limit))
    const id = `${usage.month} ${usage.kind} ${share}`
    if (share === undefined || told.has(id)) return
    told.add(id)
    log.warn({ ...usage, share }, 'much of the DingTalk calls of this month is used')
    try {
      await tell(usage, share)
    } catch (error) {
      // The next call tells it.
      told.delete(id)
      throw error
    }
  }

  async function spendOne(kind: CallKind): Promise<void> {
    try {
      await add(kind, 1)
    } catch (error) {
      log.warn({ error }, 'a call of DingTalk was not counted, or its warning not told')
    }
  }

  return {
    spend(kind) {
      const done = spendOne(kind).finally(() => writing.delete(done))
      writing.add(done)
    },
    usage: () => Promise.all(KINDS.map((kind) => add(kind, 0))),
    latest() {
      const now = month()
      return KINDS.map((kind) => {
        const usage = known.get(kind)
        return usage?.month === now ? usage : { month: now, kind, used: 0, limit: monthly[kind] }
      })
    },
    async settled() {
      await Promise.all(writing)
    },
  }
}
