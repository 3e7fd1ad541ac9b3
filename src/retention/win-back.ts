import type { Scope } from '../access.ts'
import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import { lossesIn } from '../store/losses.ts'
import { latestScoreRun } from '../store/service-figures.ts'
import { ordersOf } from './effect/orders-of.ts'
import { outcomeOf } from './outcomes.ts'

/** An order within so many days after the first effort is a win-back. */
export const WIN_BACK_WINDOW = 90

/** What the figures are split by: why customers left, or the play that was remembered to win them back. */
export type WinBackSplit = 'reason' | 'play'

/** Won-back customers over churned ones that somebody worked on, for one reason of the loss or one play. */
export interface WinBackRate {
  /** As it was recorded; null: nothing was said, or no play was remembered. */
  readonly by: string | null
  /** Worked on, with the window behind them. */
  readonly worked: number
  /** Those of them with an order in the window. */
  readonly won: number
}

export interface WinBacks {
  /** The most worked on first. */
  readonly rates: readonly WinBackRate[]
  /** Recorded losses that nobody worked on. */
  readonly untouched: number
  /** Worked on, and the window is not over. */
  readonly waiting: number
  /** Orders up to and including this day are counted. */
  readonly asOf: Day
}

interface Span {
  readonly since: Day
  readonly until: Day
  readonly today: Day
  readonly split: WinBackSplit
}

/**
 * Win-back figures (A116) of losses recorded in [since, until]: an order proves a win, a click does not, and customers that
 * nobody worked on are in no denominator. A description: without a control group it is no effect of the work.
 */
export async function winBacks(
  ctx: Ctx,
  scope: Scope,
  { since, until, today, split }: Span,
): Promise<WinBacks> {
  const asOf = (await latestScoreRun(ctx))?.asOf ?? today - 1
  const losses = await lossesIn(ctx, scope, { since, until })
  const worked = losses.flatMap(({ workedOn, ...one }) => (workedOn === null ? [] : [{ ...one, workedOn }]))
  const orders = await ordersOf(
    ctx,
    asOf,
    worked.map(({ customerId }) => customerId),
  )
  const rates = new Map<string | null, { worked: number; won: number }>()
  let waiting = 0
  for (const { customerId, workedOn, ...loss } of worked) {
    const by = loss[split]
    const bought = orders.get(customerId) ?? []
    const { state } = outcomeOf(workedOn, bought, { days: WIN_BACK_WINDOW, asOf })
    if (state === 'unknown') {
      waiting++
      continue
    }
    const rate = rates.get(by) ?? { worked: 0, won: 0 }
    rates.set(by, rate)
    rate.worked++
    if (state === 'kept') rate.won++
  }
  const sorted = [...rates].map(([by, rate]) => ({ by, ...rate }))
  sorted.sort((a, b) => b.worked - a.worked || String(a.by).localeCompare(String(b.by)))
  return { rates: sorted, untouched: losses.length - worked.length, waiting, asOf }
}
