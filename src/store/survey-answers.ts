import type { Ctx } from '../context.ts'
import { numberList } from '../db/bulk.ts'

/** An answer to a survey, with where it came from. */
export interface SurveyAnswer {
  readonly key: string
  readonly customerId: number
  readonly contact: string | null
  readonly kind: 'nps' | 'csat'
  readonly at: number
  readonly day: number
  /** NPS 0–10, CSAT 1–5. */
  readonly score: number
  readonly text: string | null
}

/** Every answer of these customers, oldest first. For loads. */
export async function answersOf(ctx: Ctx, customerIds: readonly number[]): Promise<SurveyAnswer[]> {
  if (customerIds.length === 0) return []
  const rows = await ctx.db
    .selectFrom('surveys')
    .selectAll()
    .where('customer_id', 'in', numberList(ctx.db, customerIds))
    .orderBy('at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    key: `${row.source}/${row.source_key}`,
    customerId: Number(row.customer_id),
    contact: row.contact,
    kind: row.kind,
    at: Number(row.at),
    day: Number(row.day),
    score: Number(row.score),
    text: row.text,
  }))
}
