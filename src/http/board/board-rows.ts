import type { Scope } from '../../access.ts'
import type { Ctx } from '../../context.ts'
import type { Day } from '../../model/day.ts'
import type { Evidence } from '../../model/score.ts'
import { promisedContacts } from '../../store/follow-ups.ts'
import { type ScoreListFilter, type ScoreListRow, scoreList } from '../../store/score-list.ts'
import { evidenceOf } from '../../store/scores.ts'

/** A row of the list in chat (名单), with its reasons and the promised next contact. */
export interface BoardRow extends ScoreListRow {
  readonly evidence: readonly Evidence[]
  readonly nextOn: Day | null
}

export interface BoardList {
  readonly rows: readonly BoardRow[]
  readonly total: number
  readonly asOf: Day
}

/** The rows that page and download show, in the order of the list in chat; null before any score. */
export async function boardRows(
  ctx: Ctx,
  scope: Scope,
  filter: ScoreListFilter,
  page: { readonly offset: number; readonly limit: number },
): Promise<BoardList | null> {
  const found = await scoreList(ctx, scope, filter, page)
  if (!found) return null
  const customerIds = found.rows.map((row) => row.customerId)
  const evidence = await evidenceOf(ctx, scope, customerIds)
  const promised = await promisedContacts(ctx, scope, { customerIds, limit: page.limit })
  const next = new Map(promised.map((one) => [one.customerId, one.nextOn]))
  const rows = found.rows.map((row) => ({
    ...row,
    evidence: evidence.get(row.customerId) ?? [],
    nextOn: next.get(row.customerId) ?? null,
  }))
  return { ...found, rows }
}
