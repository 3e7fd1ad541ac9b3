import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import { customerTraits } from '../store/customer-traits.ts'
import { buyerIds, type OrderDay, orderDays, orderDaysOf } from '../store/purchase-days.ts'
import type { PurchaseLog } from './learn/history/purchase-log.ts'
import { createPurchaseLogBuilder } from './learn/history/purchase-log-builder.ts'
import { MINOR_UNITS } from './purchase-history.ts'
import { inSample } from './sample.ts'

/** Purchases in memory: 12 bytes a purchase day. */
export interface CompanyLog {
  readonly log: PurchaseLog
  /** Customer id of each number in the log, rising. */
  readonly ids: readonly number[]
  /** Owner of each number in the log as of today, 0 without one. */
  readonly owners: Int32Array
  /** Customers with an order, in the log or not. */
  readonly buyers: number
}

/** Customers whose orders are read at once by their ids. */
const IDS_AT_ONCE = 500

/**
 * The purchases up to a day; null without any. `lastDay` of the log is that of the last order. With more buyers than
 * `atMost` the log is that of a sample of about so many.
 */
export async function loadCompanyLog(
  ctx: Ctx,
  upTo: Day,
  signal: AbortSignal | undefined,
  atMost = Number.POSITIVE_INFINITY,
): Promise<CompanyLog | null> {
  const sample = Number.isFinite(atMost) ? await sampleOf(ctx, upTo, atMost, signal) : null
  const pages = sample?.ids ? ordersOf(ctx, upTo, sample.ids, signal) : orderDays(ctx, upTo, signal)
  const builder = createPurchaseLogBuilder()
  const ids: number[] = []
  let lastOrder = Number.NEGATIVE_INFINITY
  for await (const page of pages) {
    for (const { customerId, day, amount } of page) {
      if (ids.at(-1) !== customerId) ids.push(customerId)
      builder.add(ids.length - 1, day, amount === null ? null : amount / MINOR_UNITS)
      lastOrder = Math.max(lastOrder, day)
    }
    // SQLite answers without leaving this turn: without one of its own Ctrl-C would not be heard.
    await nextTurn()
  }
  if (ids.length === 0) return null
  const { owners, segments } = await traitsOf(ctx, ids, signal)
  const log = { ...builder.build(lastOrder), segments }
  return { log, ids, owners, buyers: sample?.buyers ?? ids.length }
}

/** How many buyers there are, and the ids of the sample where there are too many. */
async function sampleOf(
  ctx: Ctx,
  upTo: Day,
  atMost: number,
  signal: AbortSignal | undefined,
): Promise<{ buyers: number; ids: number[] | null }> {
  const all: number[] = []
  for await (const page of buyerIds(ctx, { upTo }, signal)) {
    for (const id of page) all.push(id)
    await nextTurn()
  }
  const share = atMost / all.length
  return { buyers: all.length, ids: share >= 1 ? null : all.filter((id) => inSample(id, share)) }
}

async function* ordersOf(
  ctx: Ctx,
  upTo: Day,
  ids: readonly number[],
  signal: AbortSignal | undefined,
): AsyncGenerator<OrderDay[]> {
  for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
    signal?.throwIfAborted()
    yield await orderDaysOf(ctx, upTo, ids.slice(from, from + IDS_AT_ONCE))
  }
}

async function traitsOf(
  ctx: Ctx,
  ids: readonly number[],
  signal: AbortSignal | undefined,
): Promise<{ owners: Int32Array; segments: string[] }> {
  const owners = new Int32Array(ids.length)
  const segments = Array<string>(ids.length).fill('')
  for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
    signal?.throwIfAborted()
    const page = ids.slice(from, from + IDS_AT_ONCE)
    const traits = new Map((await customerTraits(ctx, page)).map((one) => [one.customerId, one]))
    page.forEach((id, i) => {
      owners[from + i] = traits.get(id)?.ownerId ?? 0
      segments[from + i] = traits.get(id)?.segment ?? ''
    })
    await nextTurn()
  }
  return { owners, segments }
}
