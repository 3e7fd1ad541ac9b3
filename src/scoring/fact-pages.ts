import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import { type FactPage, factPage } from '../store/feature-rows.ts'

/** Customers read at once. */
const PAGE = 500

export interface CustomerPage {
  /** The customers' ids are in (after, last]. */
  readonly after: number
  readonly last: number
  readonly customers: FactPage['customers']
}

/** Everybody with all facts up to a day, a page at a time and by rising id: for work that only reads. */
export async function* factPages(
  ctx: Ctx,
  asOf: Day,
  signal: AbortSignal | undefined,
): AsyncGenerator<CustomerPage> {
  for (let after = 0; ; ) {
    signal?.throwIfAborted()
    const { last, customers } = await factPage(ctx, { asOf, after, limit: PAGE })
    if (last === null) return
    yield { after, last, customers }
    after = last
    // SQLite answers without leaving this turn: without one of its own no stop would be heard.
    await nextTurn()
  }
}
