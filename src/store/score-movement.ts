import { sql } from 'kysely'
import type { Scope } from '../access.ts'
import type { Ctx } from '../context.ts'
import { BANDS, type Band } from '../model/churn.ts'
import type { Day } from '../model/day.ts'
import { customersIn } from './scoped.ts'

/** How a customer stood at two moments; null where it had not been scored yet. */
export interface BandMove {
  readonly teamId: number | null
  readonly before: Standing | null
  readonly after: Standing | null
}

export interface Standing {
  readonly band: Band
  readonly churned: boolean
}

type Field = 'band' | 'churned'

/** Standings of the customers in scope after the runs up to `opening` and up to `closing`, from the history of scores. */
export async function bandMoves(ctx: Ctx, scope: Scope, opening: Day, closing: Day): Promise<BandMove[]> {
  const moments = { before: opening, after: closing }
  const moves = new Map<number, { teamId: number | null; before: Partial<Raw>; after: Partial<Raw> }>()
  for (const moment of ['before', 'after'] as const) {
    for (const row of await latestChanges(ctx, scope, moments[moment])) {
      const id = Number(row.customerId)
      const move = moves.get(id) ?? {
        teamId: row.teamId === null ? null : Number(row.teamId),
        before: {},
        after: {},
      }
      move[moment][row.field] = row.value
      moves.set(id, move)
    }
  }
  return [...moves.values()].map((move) => ({
    teamId: move.teamId,
    before: standing(move.before),
    after: standing(move.after),
  }))
}

type Raw = Record<Field, string>

function standing({ band, churned }: Partial<Raw>): Standing | null {
  const known = BANDS.find((one) => one === band)
  return known ? { band: known, churned: churned === '1' } : null
}

/** The value of each field that held on `day`: that of the newest as-of, and of the last run of that day. */
async function latestChanges(ctx: Ctx, scope: Scope, day: Day) {
  const ranked = ctx.db
    .selectFrom('score_changes')
    .select(['customer_id', 'field', 'after'])
    .select(
      sql<number>`row_number() over (partition by customer_id, field order by as_of desc, id desc)`.as(
        'place',
      ),
    )
    .where('field', 'in', ['band', 'churned'])
    .where('as_of', '<=', day)
  const rows = await ctx.db
    .selectFrom(ranked.as('change'))
    .innerJoin('customers', 'customers.id', 'change.customer_id')
    .leftJoin('members', 'members.id', 'customers.owner_id')
    .select([
      'change.customer_id as customerId',
      'change.field as field',
      'change.after as value',
      'members.team_id as teamId',
    ])
    .where('change.place', '=', 1)
    .where(customersIn(scope))
    .execute()
  return rows.flatMap((row) => (isField(row.field) ? [{ ...row, field: row.field }] : []))
}

function isField(field: string): field is Field {
  return field === 'band' || field === 'churned'
}
