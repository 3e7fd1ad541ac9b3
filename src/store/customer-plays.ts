import type { Scope } from '../access.ts'
import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import type { PlayRun, PlayWording } from '../model/play.ts'
import { customersIn } from './scoped.ts'

/** Writes the play a customer is worked with from now on; its wording is kept under the hash of it. */
export async function addPlayRun(ctx: Ctx, run: PlayRun, digest: string): Promise<void> {
  await ctx.db
    .insertInto('play_texts')
    .values({ digest, play_json: JSON.stringify(run.wording) })
    .onConflict((oc) => oc.column('digest').doNothing())
    .execute()
  await ctx.db
    .insertInto('customer_plays')
    .values({
      customer_id: run.customerId,
      case_id: run.caseId,
      follow_up_id: run.followUpId,
      cause: run.cause,
      play: run.play,
      variant: run.variant,
      text_digest: digest,
      shown_on: run.shownOn,
      starts_on: run.startsOn,
    })
    .execute()
}

/** Takes away what a follow-up led to: it says something else now. */
export async function dropPlaysOf(ctx: Ctx, followUpId: number): Promise<void> {
  await ctx.db.deleteFrom('customer_plays').where('follow_up_id', '=', followUpId).execute()
}

/** The newest play of each of these customers whose follow-up stands; of the customers in the scope. */
export async function newestPlays(
  ctx: Ctx,
  scope: Scope,
  customerIds: readonly number[],
): Promise<ReadonlyMap<number, PlayRun>> {
  if (customerIds.length === 0) return new Map()
  const rows = await ctx.db
    .selectFrom('customer_plays')
    .innerJoin('customers', 'customers.id', 'customer_plays.customer_id')
    .innerJoin('play_texts', 'play_texts.digest', 'customer_plays.text_digest')
    .leftJoin('follow_ups', 'follow_ups.id', 'customer_plays.follow_up_id')
    .selectAll('customer_plays')
    .select('play_texts.play_json')
    .where('customer_plays.customer_id', 'in', [...customerIds])
    .where('follow_ups.undone_at', 'is', null)
    .where(customersIn(scope))
    .orderBy('customer_plays.id')
    .execute()
  // The newest comes last and stays.
  return new Map(
    rows.map((row) => {
      const wording: PlayWording = JSON.parse(row.play_json)
      return [
        Number(row.customer_id),
        {
          customerId: Number(row.customer_id),
          caseId: row.case_id === null ? null : Number(row.case_id),
          followUpId: row.follow_up_id === null ? null : Number(row.follow_up_id),
          cause: row.cause,
          play: row.play,
          variant: row.variant,
          wording,
          shownOn: Number(row.shown_on),
          startsOn: Number(row.starts_on),
        },
      ]
    }),
  )
}

/** What a customer did and said from a day on. */
export interface Happened {
  /** Days with an order, oldest first. */
  readonly orders: readonly Day[]
  /** Days on which complaints were closed, oldest first. */
  readonly solved: readonly Day[]
  /** Follow-ups that stand, oldest first. */
  readonly told: readonly {
    readonly id: number
    readonly day: Day
    readonly effective: boolean
    readonly outcome: string | null
  }[]
}

/** Orders, solved complaints and follow-ups of these customers on or after `since`; of the customers in the scope. */
export async function happenedSince(
  ctx: Ctx,
  scope: Scope,
  customerIds: readonly number[],
  since: Day,
): Promise<ReadonlyMap<number, Happened>> {
  if (customerIds.length === 0) return new Map()
  const events = await ctx.db
    .selectFrom('events')
    .innerJoin('customers', 'customers.id', 'events.customer_id')
    .select(['events.customer_id', 'events.day', 'events.kind'])
    .distinct()
    .where('events.customer_id', 'in', [...customerIds])
    .where('events.kind', 'in', ['order', 'resolved'])
    .where('events.day', '>=', since)
    .where(customersIn(scope))
    .orderBy('events.day')
    .execute()
  const told = await ctx.db
    .selectFrom('follow_ups')
    .innerJoin('customers', 'customers.id', 'follow_ups.customer_id')
    .select(['follow_ups.id', 'follow_ups.customer_id', 'follow_ups.day', 'effective', 'outcome'])
    .where('follow_ups.customer_id', 'in', [...customerIds])
    .where('follow_ups.day', '>=', since)
    .where('undone_at', 'is', null)
    .where(customersIn(scope))
    .orderBy('follow_ups.id')
    .execute()
  const eventsOf = Map.groupBy(events, (row) => Number(row.customer_id))
  const toldOf = Map.groupBy(told, (row) => Number(row.customer_id))
  const daysOf = (id: number, kind: string): Day[] =>
    (eventsOf.get(id) ?? []).filter((row) => row.kind === kind).map(({ day }) => Number(day))
  return new Map(
    customerIds.map((id) => [
      id,
      {
        orders: daysOf(id, 'order'),
        solved: daysOf(id, 'resolved'),
        told: (toldOf.get(id) ?? []).map((row) => ({
          id: Number(row.id),
          day: Number(row.day),
          effective: Number(row.effective) === 1,
          outcome: row.outcome,
        })),
      },
    ]),
  )
}
