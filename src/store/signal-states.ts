import type { Ctx } from '../context.ts'
import type { SignalStanding, SignalState } from '../model/quiet-signal.ts'

/** Every signal whose state was ever changed. */
export async function signalStandings(ctx: Ctx): Promise<SignalStanding[]> {
  const rows = await ctx.db.selectFrom('signal_states').selectAll().orderBy('signal').execute()
  return rows.map((row) => ({
    signal: row.signal,
    state: row.state,
    windowFrom: Number(row.window_from),
    changedBy: row.changed_by === null ? null : Number(row.changed_by),
  }))
}

export async function mutedSignals(ctx: Ctx): Promise<string[]> {
  return (await signalStandings(ctx)).filter((one) => one.state === 'muted').map((one) => one.signal)
}

/** Writes how a signal stands; false when somebody changed it since `before` was read. */
export async function changeSignal(
  ctx: Ctx,
  before: SignalStanding,
  after: { readonly state: SignalState; readonly windowFrom: number; readonly by: number | null },
): Promise<boolean> {
  const row = {
    state: after.state,
    window_from: after.windowFrom,
    changed_at: ctx.clock.now(),
    changed_by: after.by,
  }
  const written = await ctx.db
    .insertInto('signal_states')
    .values({ signal: before.signal, ...row })
    .onConflict((oc) =>
      oc
        .column('signal')
        .doUpdateSet(row)
        .where('signal_states.state', '=', before.state)
        .where('signal_states.window_from', '=', before.windowFrom),
    )
    .executeTakeFirst()
  return Number(written.numInsertedOrUpdatedRows ?? 0) === 1
}
