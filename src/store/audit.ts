import type { Ctx } from '../context.ts'

/** Who did what to what, when. `detail` is JSON; chat text and phone numbers do not belong here. */
export async function addAudit(
  ctx: Ctx,
  entry: { memberId: number | null; action: string; subject: string; detail?: unknown },
): Promise<void> {
  await ctx.db
    .insertInto('audit')
    .values({
      at: ctx.clock.now(),
      member_id: entry.memberId,
      action: entry.action,
      subject: entry.subject,
      detail: entry.detail === undefined ? null : JSON.stringify(entry.detail),
    })
    .execute()
}

/** An audit row that 撤销 can take back, with what it needs for that. */
export interface Undoable {
  readonly id: number
  readonly action: string
  readonly subject: string
  readonly detail: unknown
}

const UNDO = 'undo'

/** The newest of a member's `actions` since `since` that was not taken back, of any subject or of one. */
export async function lastUndoable(
  ctx: Ctx,
  memberId: number,
  actions: readonly string[],
  since: number,
  subject?: string,
): Promise<Undoable | null> {
  const rows = await ctx.db
    .selectFrom('audit')
    .select(['id', 'action', 'subject', 'detail'])
    .where('member_id', '=', memberId)
    .where('action', 'in', [...actions, UNDO])
    .where('at', '>=', since)
    .orderBy('id', 'desc')
    .execute()
  const undone = new Set(rows.filter((row) => row.action === UNDO).map((row) => row.subject))
  const row = rows.find(
    (one) =>
      one.action !== UNDO &&
      (subject === undefined || one.subject === subject) &&
      !undone.has(auditSubject(one.id)),
  )
  return row
    ? { ...row, id: Number(row.id), detail: row.detail === null ? null : JSON.parse(row.detail) }
    : null
}

/** Marks an audit row as taken back. */
export function addUndo(ctx: Ctx, memberId: number, undone: Undoable): Promise<void> {
  return addAudit(ctx, { memberId, action: UNDO, subject: auditSubject(undone.id) })
}

function auditSubject(id: number): string {
  return `audit:${Number(id)}`
}
