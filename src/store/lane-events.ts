import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'
import { TOLD } from './told-losses.ts'

/** Events that interrupt: they do not wait for the next morning. */
export const LANE_KINDS = ['complaint', 'contact-change', 'contact-deleted', 'cancel', 'low-survey'] as const
export type LaneKind = (typeof LANE_KINDS)[number]

export interface LaneEvent {
  readonly id: number
  readonly customerId: number
  readonly customerName: string
  readonly kind: LaneKind
  readonly at: number
  readonly day: Day
  readonly text: string
  readonly note: string
}

export async function newestEventId(ctx: Ctx): Promise<number> {
  const row = await ctx.db
    .selectFrom('events')
    .select((eb) => eb.fn.max('id').as('id'))
    .executeTakeFirst()
  return Number(row?.id ?? 0)
}

/**
 * Interrupting events with `after < id ≤ upTo` since a day, by id; complaints only while nothing resolved them, deleted
 * contacts only while they were not added again.
 */
export async function laneEvents(
  ctx: Ctx,
  range: { after: number; upTo: number; since: Day },
): Promise<LaneEvent[]> {
  const rows = await ctx.db
    .selectFrom('events as e')
    .innerJoin('customers as c', 'c.id', 'e.customer_id')
    .select([
      'c.name as customerName',
      'e.id',
      'e.customer_id',
      'e.kind',
      'e.at',
      'e.day',
      'e.text',
      'e.note',
    ])
    .where('e.id', '>', range.after)
    .where('e.id', '<=', range.upTo)
    .where('e.kind', 'in', LANE_KINDS)
    // Whoever told it knows it.
    .where('e.source', '!=', TOLD)
    .where('e.day', '>=', range.since)
    .where(({ eb, or, not, exists, selectFrom }) =>
      or([
        eb('e.kind', '!=', 'complaint'),
        not(
          exists(
            selectFrom('events as r')
              .select('r.id')
              .whereRef('r.customer_id', '=', 'e.customer_id')
              .where('r.kind', '=', 'resolved')
              .whereRef('r.at', '>=', 'e.at'),
          ),
        ),
      ]),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('events as a')
            .select('a.id')
            .whereRef('a.customer_id', '=', 'e.customer_id')
            .where('e.kind', '=', 'contact-deleted')
            .where('a.kind', '=', 'contact-added')
            .whereRef('a.note', '=', 'e.note')
            .whereRef('a.at', '>=', 'e.at'),
        ),
      ),
    )
    .orderBy('e.id')
    .execute()
  return rows.flatMap((row) => {
    const kind = LANE_KINDS.find((one) => one === row.kind)
    if (!kind) return []
    return {
      id: Number(row.id),
      customerId: Number(row.customer_id),
      customerName: row.customerName,
      kind,
      at: Number(row.at),
      day: Number(row.day),
      text: row.text ?? row.note ?? '',
      note: row.note ?? '',
    }
  })
}
