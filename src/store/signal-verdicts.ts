import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import type { Band } from '../model/churn.ts'
import type { Verdict } from '../model/quiet-signal.ts'
import type { Evidence } from '../model/score.ts'

/** Newest decided alerts read: more than any window of the usual signals needs. */
const MAX_VERDICTS = 5_000

/**
 * Alerts that people decided since an instant (UTC ms), newest decision first. Decided are false alarms, saved and lost
 * customers, and those with an effective follow-up that wait for their outcome: a false alarm is said at once while
 * an outcome takes weeks, so without the latter the share of false alarms would look far larger than it is. What
 * nobody answered (expired) and a call without outcome decide nothing. An alert counts for its main cause, the
 * strongest reason on its card: that is what the rep judged.
 */
export async function verdictsSince(ctx: Ctx, since: number): Promise<Verdict[]> {
  const decidedAt = sql<number>`coalesce(cases.closed_at, (select max(case_log.at) from case_log
    where case_log.case_id = cases.id and case_log.action = 'follow-up'), cases.opened_at)`
  const rows = await ctx.db
    .selectFrom('cases')
    .select(['cases.state', 'cases.why_json', decidedAt.as('at')])
    .where('cases.state', 'in', ['false-alarm', 'won', 'lost', 'waiting'])
    .where(decidedAt, '>', since)
    .orderBy('at', 'desc')
    .orderBy('cases.id', 'desc')
    .limit(MAX_VERDICTS)
    .execute()
  return rows.flatMap(({ state, why_json, at }) => {
    const signal = mainCause(JSON.parse(why_json))
    return signal === null ? [] : [{ signal, at: Number(at), falseAlarm: state === 'false-alarm' }]
  })
}

/** The strongest reason for risk; of equal ones the first, as cards show them. */
function mainCause(why: readonly Evidence[]): string | null {
  const raising = why.filter((one) => one.points > 0)
  return (
    raising.reduce<Evidence | null>((best, one) => (best && best.points >= one.points ? best : one), null)
      ?.signal ?? null
  )
}

/** Customers in these bands for whose risk nothing speaks but these signals. */
export async function customersCausedOnlyBy(
  ctx: Ctx,
  signals: readonly string[],
  bands: readonly Band[],
): Promise<number[]> {
  if (signals.length === 0) return []
  const rows = await ctx.db
    .selectFrom('scores')
    .select(['customer_id', 'evidence_json'])
    .where('band', 'in', bands)
    .where((eb) => eb.or(signals.map((one) => eb('evidence_json', 'like', `%"signal":"${one}"%`))))
    .execute()
  return rows
    .filter((row) => {
      const why: readonly Evidence[] = JSON.parse(row.evidence_json)
      return why.every(({ points, signal }) => points <= 0 || signals.includes(signal))
    })
    .map((row) => Number(row.customer_id))
}
