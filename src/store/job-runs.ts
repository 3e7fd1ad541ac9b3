import { type Ctx, inTransaction } from '../context.ts'

/** One slot of a job that this process runs until its lease ends (it is prolonged while the job runs). */
export interface ClaimedSlot {
  readonly job: string
  readonly slot: number
  /** This one included. */
  readonly attempts: number
}

export interface SlotRules {
  readonly leaseMs: number
  /** A failed slot is tried so often … */
  readonly maxAttempts: number
  /** … and one whose process died so often: that is rarely the job's fault. */
  readonly maxTakeovers: number
}

/** The latest slot of a job that anybody ever claimed. */
export async function latestSlot(ctx: Ctx, job: string): Promise<number | null> {
  const row = await ctx.db
    .selectFrom('job_runs')
    .select((eb) => eb.fn.max('slot').as('slot'))
    .where('job', '=', job)
    .executeTakeFirst()
  return row?.slot === null || row?.slot === undefined ? null : Number(row.slot)
}

/** Slots to be tried again now: failed ones whose pause is over, and those whose process died. */
export async function slotsToRetry(ctx: Ctx, job: string, rules: SlotRules): Promise<number[]> {
  const now = ctx.clock.now()
  const rows = await ctx.db
    .selectFrom('job_runs')
    .select('slot')
    .where('job', '=', job)
    .where('lease_until', '<=', now)
    .where((eb) =>
      eb.or([
        eb.and([eb('state', '=', 'failed'), eb('attempts', '<', rules.maxAttempts)]),
        eb.and([eb('state', '=', 'running'), eb('attempts', '<', rules.maxTakeovers)]),
      ]),
    )
    .orderBy('slot')
    .execute()
  return rows.map((row) => Number(row.slot))
}

/** True while the latest slot of one of these jobs runs anywhere, or will be tried again. */
export async function unfinished(ctx: Ctx, jobs: readonly string[], rules: SlotRules): Promise<boolean> {
  if (jobs.length === 0) return false
  const row = await ctx.db
    .selectFrom('job_runs')
    .select('job')
    .where('job', 'in', jobs)
    .where('slot', '=', (eb) =>
      eb
        .selectFrom('job_runs as latest')
        .select((sub) => sub.fn.max('latest.slot').as('slot'))
        .whereRef('latest.job', '=', 'job_runs.job'),
    )
    .where((eb) =>
      eb.or([
        eb('state', '=', 'running').and('attempts', '<', rules.maxTakeovers),
        eb('state', '=', 'failed').and('attempts', '<', rules.maxAttempts),
      ]),
    )
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Claims a slot for this process: a new one, a failed one that is due again, or one whose process died. Null when
 * another process has it, or when another slot of the job still runs (a job never overlaps itself).
 */
export function claimSlot(
  ctx: Ctx,
  job: string,
  slot: number,
  rules: SlotRules,
): Promise<ClaimedSlot | null> {
  return inTransaction(ctx, async (ctx) => {
    const now = ctx.clock.now()
    const busy = await ctx.db
      .selectFrom('job_runs')
      .select('slot')
      .where('job', '=', job)
      .where('slot', '!=', slot)
      .where('state', '=', 'running')
      .where('lease_until', '>', now)
      .executeTakeFirst()
    if (busy) return null
    const lease_until = now + rules.leaseMs
    const inserted = await ctx.db
      .insertInto('job_runs')
      .values({
        job,
        slot,
        state: 'running',
        attempts: 1,
        lease_until,
        started_at: now,
        finished_at: null,
        counts_json: null,
        error: null,
      })
      .onConflict((oc) => oc.columns(['job', 'slot']).doNothing())
      .returning('attempts')
      .executeTakeFirst()
    const row = inserted ?? (await takeOver(ctx, job, slot, rules))
    return row ? { job, slot, attempts: Number(row.attempts) } : null
  })
}

async function takeOver(
  ctx: Ctx,
  job: string,
  slot: number,
  rules: SlotRules,
): Promise<{ attempts: number } | undefined> {
  const now = ctx.clock.now()
  return ctx.db
    .updateTable('job_runs')
    .set((eb) => ({
      state: 'running',
      attempts: eb('attempts', '+', 1),
      lease_until: now + rules.leaseMs,
      started_at: now,
      finished_at: null,
    }))
    .where('job', '=', job)
    .where('slot', '=', slot)
    .where('lease_until', '<=', now)
    .where((eb) =>
      eb.or([
        eb.and([eb('state', '=', 'failed'), eb('attempts', '<', rules.maxAttempts)]),
        eb.and([eb('state', '=', 'running'), eb('attempts', '<', rules.maxTakeovers)]),
      ]),
    )
    .returning('attempts')
    .executeTakeFirst()
}

/** Prolongs the lease of a running slot. */
export async function prolongSlot(ctx: Ctx, claim: ClaimedSlot, leaseMs: number): Promise<void> {
  await settle(ctx, claim, { lease_until: ctx.clock.now() + leaseMs })
}

export async function finishSlot(
  ctx: Ctx,
  claim: ClaimedSlot,
  counts: Readonly<Record<string, number>>,
): Promise<void> {
  const finished_at = ctx.clock.now()
  await settle(ctx, claim, {
    state: 'done',
    finished_at,
    lease_until: finished_at,
    counts_json: JSON.stringify(counts),
    error: null,
  })
}

/** Failed: due again at `retryAt`, if tries are left. */
export async function failSlot(ctx: Ctx, claim: ClaimedSlot, retryAt: number, error: string): Promise<void> {
  await settle(ctx, claim, {
    state: 'failed',
    finished_at: ctx.clock.now(),
    lease_until: retryAt,
    error,
  })
}

async function settle(
  ctx: Ctx,
  claim: ClaimedSlot,
  patch: {
    state?: 'done' | 'failed'
    lease_until: number
    finished_at?: number
    counts_json?: string
    error?: string | null
  },
): Promise<void> {
  await ctx.db
    .updateTable('job_runs')
    .set(patch)
    .where('job', '=', claim.job)
    .where('slot', '=', claim.slot)
    .where('state', '=', 'running')
    .where('attempts', '=', claim.attempts)
    .execute()
}

/** Deletes finished slots before an instant, keeping the latest of every job (the watermark). */
export async function forgetSlots(ctx: Ctx, before: number): Promise<number> {
  const result = await ctx.db
    .deleteFrom('job_runs')
    .where('slot', '<', before)
    .where('state', '!=', 'running')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('job_runs as newer')
          .select('newer.slot')
          .whereRef('newer.job', '=', 'job_runs.job')
          .whereRef('newer.slot', '>', 'job_runs.slot'),
      ),
    )
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}
