import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import { customerOwners } from '../store/customer-owners.ts'
import { orderDays } from '../store/purchase-days.ts'
import type { PurchaseLog } from './learn/history/purchase-log.ts'
import { createPurchaseLogBuilder } from './learn/history/purchase-log-builder.ts'
import { MINOR_UNITS } from './purchase-history.ts'

/** Everybody's purchases in memory: 12 bytes a purchase day. */
export interface CompanyLog {
  readonly log: PurchaseLog
  /** Customer id of each number in the log, rising. */
  readonly ids: readonly number[]
  /** Owner of each number in the log as of today, 0 without one. */
  readonly owners: Int32Array
}

/** The purchases up to a day; null without any. `lastDay` of the log is that of the last order. */
export async function loadCompanyLog(
  ctx: Ctx,
  upTo: Day,
  signal: AbortSignal | undefined,
): Promise<CompanyLog | null> {
  const builder = createPurchaseLogBuilder()
  const ids: number[] = []
  let lastOrder = Number.NEGATIVE_INFINITY
  for await (const page of orderDays(ctx, upTo, signal)) {
    for (const { customerId, day, amount } of page) {
      if (ids.at(-1) !== customerId) ids.push(customerId)
      builder.add(ids.length - 1, day, amount === null ? null : amount / MINOR_UNITS)
      lastOrder = Math.max(lastOrder, day)
    }
    // SQLite answers without leaving this turn: without one of its own Ctrl-C would not be heard.
    await nextTurn()
  }
  if (ids.length === 0) return null
  return { log: builder.build(lastOrder), ids, owners: await ownersOf(ctx, ids, signal) }
}

async function ownersOf(
  ctx: Ctx,
  ids: readonly number[],
  signal: AbortSignal | undefined,
): Promise<Int32Array> {
  const owners = new Int32Array(ids.length)
  let at = 0
  for await (const page of customerOwners(ctx)) {
    signal?.throwIfAborted()
    for (const { customerId, ownerId } of page) {
      while ((ids[at] ?? Number.POSITIVE_INFINITY) < customerId) at++
      if (ids[at] === customerId) owners[at] = ownerId
    }
    await nextTurn()
  }
  return owners
}
