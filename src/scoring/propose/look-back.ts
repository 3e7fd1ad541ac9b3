import type { Ctx } from '../../context.ts'
import { bandRank } from '../../model/churn.ts'
import type { Day } from '../../model/day.ts'
import type { Look } from '../../model/go-live.ts'
import type { Features } from '../features.ts'
import type { ScoredState, Yardstick } from '../score-one.ts'
import { expectsOrder } from '../scorers/expects-order.ts'
import { judgeAll } from './judge-all.ts'
import { orderedAfter } from './ordered-after.ts'

/** Customers named on each side. */
const WORST = 5

export interface LookOptions {
  /** Scored as of this day; the answers lie in the horizon after it. */
  readonly asOf: Day
  readonly horizon: number
  /** The scorer in use as it would have spoken on that day. */
  readonly yardstick: Yardstick
  readonly version: number | null
  readonly signal?: AbortSignal | undefined
}

/**
 * How the scorer in use did: whom it would have missed and whom it would have warned about in vain. Customers that were
 * lost already on that day are no warning to anybody, and those whose own rhythm expected no order within the horizon
 * were neither lost nor saved by it. Null without anybody to look at.
 */
export async function lookBack(ctx: Ctx, options: LookOptions): Promise<Look | null> {
  const { asOf, horizon, yardstick, version, signal } = options
  const stayed = await orderedAfter(ctx, asOf, horizon, signal)
  const pushed = bandRank(ctx.settings.push.minBand)
  const isAsked = (features: Features, { risk, churned }: ScoredState): boolean =>
    risk !== null && !churned && expectsOrder(features, horizon, ctx.settings.scoring)
  const missed = worstList((one) => one.value12m)
  const falseAlarms = worstList((one) => one.risk ?? 0)
  let [customers, churned] = [0, 0]
  for await (const page of judgeAll(ctx, asOf, [yardstick], { signal })) {
    for (const { features, states } of page) {
      const [state] = states
      if (!state || !isAsked(features, state)) continue
      const hasStayed = stayed.has(features.customerId)
      const warned = bandRank(state.band) >= pushed
      customers++
      if (!hasStayed) churned++
      if (!hasStayed && !warned) missed.add(state)
      if (hasStayed && warned) falseAlarms.add(state)
    }
  }
  if (customers === 0) return null
  return { asOf, version, customers, churned, missed: missed.result(), falseAlarms: falseAlarms.result() }
}

/** Counts all and keeps the ids of the few that weigh most. */
function worstList(weight: (one: ScoredState) => number): {
  add(one: ScoredState): void
  result(): { count: number; worst: number[] }
} {
  let count = 0
  let worst: ScoredState[] = []
  return {
    add(one) {
      count++
      worst = [...worst, one]
        .sort((a, b) => weight(b) - weight(a) || a.customerId - b.customerId)
        .slice(0, WORST)
    },
    result: () => ({ count, worst: worst.map((one) => one.customerId) }),
  }
}
