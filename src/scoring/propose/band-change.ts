import type { Ctx } from '../../context.ts'
import { bandRank } from '../../model/churn.ts'
import type { ScoredCustomer } from '../../model/customer-facts.ts'
import type { Day } from '../../model/day.ts'
import type { BandChange } from '../../model/go-live.ts'
import type { Yardstick } from '../score-one.ts'
import { judgeAll } from './judge-all.ts'

/** How many customers would stand in another band with the proposal than with the scorer in use. */
export async function bandChange(
  ctx: Ctx,
  asOf: Day,
  now: Yardstick,
  then: Yardstick,
  signal?: AbortSignal,
): Promise<BandChange> {
  // As the next run will see them: with the renewal dates of today.
  const known = (customer: ScoredCustomer): ScoredCustomer => customer
  const change = { customers: 0, raised: 0, lowered: 0 }
  for await (const page of judgeAll(ctx, asOf, [now, then], { signal, known })) {
    for (const { states } of page) {
      const [before, after] = states
      if (!before || !after || (before.risk === null && after.risk === null)) continue
      const step = bandRank(after.band) - bandRank(before.band)
      change.customers++
      if (step > 0) change.raised++
      if (step < 0) change.lowered++
    }
  }
  return change
}
