import type { Ctx } from '../../../src/context.ts'
import type { House } from './company.ts'

/** Longer than the longest wait between two tries of a message. */
const RETRY_MS = 15 * 60_000
/** Rows that are told one by one. */
const TOLD = 12

/**
 * What was said and is not handled, and what may go out today and has not; null when there is nothing. A row that is
 * due later says in how many seconds, so that the wait for it is seen to go on.
 */
export function whatWaits(house: House): Promise<string | null> {
  return house.open(async (ctx) => {
    const rows = [...(await unhandled(ctx)), ...(await unsent(ctx))]
    return rows.length === 0 ? null : `${rows.length} rows wait: ${rows.slice(0, TOLD).join('; ')}`
  })
}

/** The same, with the jobs that run or shall run again: for the error of a wait that got nowhere. */
export async function whereItStands(house: House): Promise<string> {
  const jobs = await house.open(async (ctx) => {
    const rows = await ctx.db
      .selectFrom('job_runs')
      .select(['job', 'state', 'attempts', 'lease_until', 'error'])
      .where('state', '!=', 'done')
      .execute()
    return rows.map((row) => told(ctx, row.job, row, row.lease_until))
  })
  return [`jobs: ${jobs.join('; ') || 'none'}`, (await whatWaits(house)) ?? 'no row waits'].join('\n')
}

async function unhandled(ctx: Ctx): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('inbox')
    .select(['event_id', 'state', 'attempts', 'error'])
    .where('state', '=', 'new')
    .orderBy('seq')
    .execute()
  return rows.map((row) => told(ctx, `inbox ${row.event_id}`, row, null))
}

async function unsent(ctx: Ctx): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('outbox')
    .select(['id', 'state', 'attempts', 'not_before', 'lease_until', 'error'])
    .where('state', 'in', ['pending', 'sending'])
    .where('not_before', '<=', ctx.clock.now() + RETRY_MS)
    .orderBy('seq')
    .execute()
  return rows.map((row) => told(ctx, row.id, row, row.lease_until ?? row.not_before))
}

function told(
  ctx: Ctx,
  name: string,
  row: { readonly state: string; readonly attempts: number; readonly error: string | null },
  until: number | null,
): string {
  const seconds = Math.max(0, Math.ceil(((until ?? 0) - ctx.clock.now()) / 1_000))
  const again = seconds > 0 ? `, in ${seconds} s` : ''
  return `${name} ${row.state}, attempt ${row.attempts}${again}${row.error ? ` (${row.error})` : ''}`
}
