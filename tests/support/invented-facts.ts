import type { Ctx } from '../../src/context.ts'
import { seededRandom } from '../../src/model/seeded-random.ts'
import { inventedOrders } from './invented-orders.ts'
import { addCustomer, addEvent } from './people.ts'

/** Invented days begin here; the frozen clock of the tests is months later. */
export const START = 20_000
const DAY_MS = 86_400_000

interface InventedFacts {
  readonly customers: number
  readonly lastDay: number
  readonly segments?: readonly string[]
}

/**
 * A company whose customers order, log in, complain and answer surveys. Who is about to give up stops to log in some
 * weeks before the last order, so that logins tell more than orders. Returns the ids by customer.
 */
export async function inventFacts(
  ctx: Ctx,
  { customers, lastDay, segments }: InventedFacts,
): Promise<number[]> {
  const random = seededRandom(11)
  const ids: number[] = []
  for (let i = 0; i < customers; i++) {
    const segment = segments?.[i % segments.length]
    ids.push(await addCustomer(ctx, segment === undefined ? {} : { segment }))
  }
  const lastOrder = new Map<number, number>()
  for (const [i, { customer, day, amount }] of inventedOrders({ customers, lastDay }).entries()) {
    const order = {
      customer_id: ids[customer] ?? 0,
      kind: 'order',
      day: START + day,
      at: (START + day) * DAY_MS,
    }
    await addEvent(ctx, { ...order, amount: i % 11 === 0 ? null : (amount ?? 0) * 100 + 37 })
    // Several orders of one day, some of them without an amount.
    if (i % 5 === 0) await addEvent(ctx, { ...order, amount: 1234 })
    if (i % 17 === 0) await addEvent(ctx, { ...order, amount: null })
    lastOrder.set(customer, Math.max(lastOrder.get(customer) ?? 0, day))
  }
  for (const [customer, id] of ids.entries()) {
    const stays = (lastOrder.get(customer) ?? 0) > lastDay - 100
    const until = stays ? lastDay : Math.max(0, (lastOrder.get(customer) ?? 0) - 20)
    for (let day = Math.floor(random() * 10); day <= until; day += 3 + Math.floor(random() * 9))
      await addEvent(ctx, { customer_id: id, kind: 'login', day: START + day, at: (START + day) * DAY_MS })
    await trouble(ctx, id, START + Math.floor(random() * lastDay), random())
  }
  return ids
}

async function trouble(ctx: Ctx, id: number, day: number, dice: number): Promise<void> {
  const at = day * DAY_MS
  if (dice < 0.3) await addEvent(ctx, { customer_id: id, kind: 'complaint', day, at, text: '质量不满，太贵' })
  if (dice < 0.1)
    await addEvent(ctx, { customer_id: id, kind: 'resolved', day: day + 9, at: at + 9 * DAY_MS })
  if (dice > 0.7) await addEvent(ctx, { customer_id: id, kind: 'contact-change', day, at })
  // Touches by us are no column, whatever we do.
  if (dice > 0.5) await addEvent(ctx, { customer_id: id, kind: 'touch', day, at })
  for (const [months, score] of [Math.floor(10 * dice), Math.floor(7 * dice)].entries())
    await ctx.db
      .insertInto('surveys')
      .values({
        source: 'invented',
        source_key: `${id}-${months}`,
        customer_id: id,
        kind: 'nps',
        score,
        contact: null,
        text: null,
        day: day + 30 * months,
        at: at + 30 * months * DAY_MS,
      })
      .execute()
}
