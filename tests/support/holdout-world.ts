import { inTransaction } from '../../src/context.ts'
import { planWithHoldout } from '../../src/jobs/plan-with-holdout.ts'
import type { Day } from '../../src/model/day.ts'
import { seededRandom } from '../../src/model/seeded-random.ts'
import { enqueuePlan } from '../../src/push/enqueue.ts'
import { alignHoldout } from '../../src/retention/align-holdout.ts'
import { addCustomer, addEvent, addMember, addScoreRun, addTeam, putScore } from './people.ts'
import { today } from './talk.ts'
import type { TestCtx } from './test-ctx.ts'

/** A company whose customers come back by chance, and more often when their rep was told of them. */
export interface HoldoutWorld {
  readonly seed: number
  readonly reps: number
  readonly mornings: number
  /** Probability of an order without an alert, and what an alert adds to it. */
  readonly stay: number
  readonly gain: number
}

/** The same context with a holdout in its settings. */
export function withHoldout(
  ctx: TestCtx,
  more: { readonly share: number; readonly minEffect?: number },
): TestCtx {
  const retention = { ...ctx.settings.retention, holdout: { ...ctx.settings.retention.holdout, ...more } }
  return { ...ctx, settings: { ...ctx.settings, retention } }
}

/**
 * Lives through the mornings as the service does (settings → lots → digests), then lets everybody order or not, and
 * scores again when all outcomes are known.
 */
export async function liveThrough(ctx: TestCtx, world: HoldoutWorld, teamId?: number): Promise<void> {
  const random = seededRandom(world.seed)
  const team = teamId ?? (await addTeam(ctx))
  const first = today(ctx)
  const perDay = ctx.settings.push.perDay
  const customers: number[] = []
  await inTransaction(ctx, async (inner) => {
    const run_id = await addScoreRun(inner, first - 1)
    for (let rep = 0; rep < world.reps; rep++) {
      const { id: ownerId } = await addMember(inner, { teamId: team })
      for (let at = 0; at < perDay * world.mornings * 2; at++) {
        const customer_id = await addCustomer(inner, { ownerId })
        const risk = 0.6 + random() * 0.15
        await putScore(inner, { customer_id, run_id, as_of: first - 1, risk, band: 'high', tier: 'B' })
        customers.push(customer_id)
      }
    }
  })
  const alerted = new Map<number, Day>()
  for (let day = first; day < first + world.mornings; day++) {
    await alignHoldout(ctx, day)
    const plan = await planWithHoldout(ctx, day, { dryRun: false })
    await enqueuePlan(ctx, plan, () => ({ summary: '-', title: '-' }), ctx.clock.now())
    for (const { items } of plan.reps) for (const { customerId } of items) alerted.set(customerId, day)
  }
  await inTransaction(ctx, async (inner) => {
    for (const customer_id of customers) {
      if (random() >= world.stay + (alerted.has(customer_id) ? world.gain : 0)) continue
      const day = first + world.mornings + Math.floor(random() * 20)
      const amount = Math.round(50_000 * (1 - random()) ** (-1 / 3))
      await addEvent(inner, { customer_id, kind: 'order', at: day * 86_400_000, day, amount })
    }
    await addScoreRun(inner, first + world.mornings + 30)
  })
}
