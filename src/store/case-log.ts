import type { Ctx } from '../context.ts'
import type { Day } from '../model/day.ts'

/** One line of a case's history. `detail` is JSON. */
export interface CaseLogEntry {
  readonly id: number
  readonly caseId: number
  readonly at: number
  readonly memberId: number | null
  readonly action: string
  readonly detail: string | null
}

/** What people do to a case; `undo` rows name in `detail` the row they take back. */
const UNDOABLE = ['contacted', 'follow-up', 'snooze', 'false-alarm', 'won', 'lost', 'clean']

export async function logCase(
  ctx: Ctx,
  entry: { caseId: number; memberId: number | null; action: string; detail?: string | null },
): Promise<void> {
  await ctx.db
    .insertInto('case_log')
    .values({
      case_id: entry.caseId,
      at: ctx.clock.now(),
      member_id: entry.memberId,
      action: entry.action,
      detail: entry.detail ?? null,
    })
    .execute()
}

/** The history of a case, oldest first. */
export async function caseHistory(ctx: Ctx, caseId: number): Promise<CaseLogEntry[]> {
  const rows = await ctx.db
    .selectFrom('case_log')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('id')
    .execute()
  return rows.map(asEntry)
}

/** The newest action on a case that a person took and nobody took back. */
export async function lastActionOn(ctx: Ctx, caseId: number): Promise<CaseLogEntry | null> {
  return newestStanding(await caseHistory(ctx, caseId))
}

function newestStanding(history: readonly CaseLogEntry[]): CaseLogEntry | null {
  const undone = new Set(history.filter((row) => row.action === 'undo').map((row) => row.detail))
  const standing = history.filter((row) => UNDOABLE.includes(row.action) && !undone.has(String(row.id)))
  return standing.at(-1) ?? null
}

/** What open cases have in their history of actions that begin so, as `<case> <action> <detail>`. */
export async function loggedSteps(ctx: Ctx, prefix: string): Promise<Set<string>> {
  const rows = await ctx.db
    .selectFrom('case_log')
    .innerJoin('cases', 'cases.id', 'case_log.case_id')
    .select(['case_id', 'action', 'detail'])
    .where('cases.closed_at', 'is', null)
    .where('action', 'like', `${prefix}%`)
    .execute()
  return new Set(rows.map((row) => `${Number(row.case_id)} ${row.action} ${row.detail}`))
}

/** The mark of an interrupting card to a member in a case's history: counted against `urgentPerDay`. */
export function urgentMark(day: Day, memberId: number): string {
  return `urgent:${day}:${memberId}`
}

/** How many interrupting cards a member gets on that day. */
export async function urgentPushes(ctx: Ctx, memberId: number, day: Day): Promise<number> {
  const { n } = await ctx.db
    .selectFrom('case_log')
    .select((eb) => eb.fn.countAll().as('n'))
    .where('action', '=', 'pushed')
    .where('detail', '=', urgentMark(day, memberId))
    .executeTakeFirstOrThrow()
  return Number(n)
}

function asEntry(row: {
  id: number
  case_id: number
  at: number
  member_id: number | null
  action: string
  detail: string | null
}): CaseLogEntry {
  return {
    id: Number(row.id),
    caseId: Number(row.case_id),
    at: Number(row.at),
    memberId: row.member_id === null ? null : Number(row.member_id),
    action: row.action,
    detail: row.detail,
  }
}
