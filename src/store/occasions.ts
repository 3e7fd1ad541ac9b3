import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { type Day, dayFromParts, partsOfDay } from '../model/day.ts'

/** A reason to say something kind: the birthday of a contact, or full years as a customer. */
export interface Occasion {
  readonly customerName: string
  readonly on: Day
  /** Whose birthday; null for an anniversary. */
  readonly contact: string | null
  /** Full years as a customer; null for a birthday. */
  readonly years: number | null
}

/** Anniversaries further back are not looked for. */
const MAX_YEARS = 40

/**
 * The first occasion of a member's customers on the days [from, before), birthdays first (A74). Never of a customer with
 * an open case or complaint, one that is lost, or one at risk: good wishes would be out of place.
 */
export async function occasionFor(
  ctx: Ctx,
  memberId: number,
  { from, before }: { readonly from: Day; readonly before: Day },
): Promise<Occasion | null> {
  for (let on = from; on < before; on++) {
    const found = (await birthdayOn(ctx, memberId, on)) ?? (await anniversaryOn(ctx, memberId, on))
    if (found) return found
  }
  return null
}

async function birthdayOn(ctx: Ctx, memberId: number, on: Day): Promise<Occasion | null> {
  const { month, date } = partsOfDay(on)
  const row = await calm(ctx, memberId)
    .innerJoin('contacts', 'contacts.customer_id', 'customers.id')
    .select(['customers.name as customerName', 'contacts.name as contact'])
    .where('contacts.birthday', '=', month * 100 + date)
    .where('contacts.left_on', 'is', null)
    .orderBy('contacts.id')
    .limit(1)
    .executeTakeFirst()
  return row ? { ...row, on, years: null } : null
}

async function anniversaryOn(ctx: Ctx, memberId: number, on: Day): Promise<Occasion | null> {
  const { year, month, date } = partsOfDay(on)
  const all = Array.from({ length: MAX_YEARS }, (_, at) => dayFromParts(year - at - 1, month, date))
  const row = await calm(ctx, memberId)
    .select(['customers.name as customerName', 'customers.since_on as since'])
    .where(
      'customers.since_on',
      'in',
      all.filter((day) => day !== null),
    )
    .orderBy('customers.since_on')
    .orderBy('customers.id')
    .limit(1)
    .executeTakeFirst()
  if (!row) return null
  return {
    customerName: row.customerName,
    on,
    contact: null,
    years: year - partsOfDay(Number(row.since)).year,
  }
}

/** Customers of a member with whom nothing is wrong. */
function calm(ctx: Ctx, memberId: number) {
  return ctx.db
    .selectFrom('customers')
    .leftJoin('scores', 'scores.customer_id', 'customers.id')
    .where('customers.owner_id', '=', memberId)
    .where(
      sql<boolean>`(scores.customer_id is null or (scores.churned = 0 and scores.band in ('none', 'watch')))`,
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('cases')
            .select('cases.id')
            .whereRef('cases.customer_id', '=', 'customers.id')
            .where('cases.closed_at', 'is', null),
        ),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('events as e')
            .select('e.id')
            .whereRef('e.customer_id', '=', 'customers.id')
            .where('e.kind', '=', 'complaint')
            .where(({ not, exists, selectFrom }) =>
              not(
                exists(
                  selectFrom('events as r')
                    .select('r.id')
                    .whereRef('r.customer_id', '=', 'e.customer_id')
                    .where('r.kind', '=', 'resolved')
                    .whereRef('r.at', '>=', 'e.at'),
                ),
              ),
            ),
        ),
      ),
    )
}
