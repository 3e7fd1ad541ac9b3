import type { Ctx } from '../context.ts'
import type { SignalRecord, SignalStanding, SignalState } from '../model/quiet-signal.ts'
import { addAudit } from '../store/audit.ts'
import { changeSignal, signalStandings } from '../store/signal-states.ts'
import { verdictsSince } from '../store/signal-verdicts.ts'
import { judgeSignal, recordsOf } from './judge-signal.ts'

/** Older judgements say little about the signals of today. */
const LOOK_BACK_DAYS = 180
const DAY_MS = 86_400_000

/** The record of every signal that was decided about or changed lately, by its id. */
export async function signalRecords(ctx: Ctx): Promise<SignalRecord[]> {
  const verdicts = await verdictsSince(ctx, ctx.clock.now() - LOOK_BACK_DAYS * DAY_MS)
  const known = new Map((await signalStandings(ctx)).map((one) => [one.signal, one]))
  const ids = [...new Set([...known.keys(), ...verdicts.map((one) => one.signal)])].sort()
  const standings = ids.map((signal) => known.get(signal) ?? untouched(signal))
  return recordsOf(standings, verdicts, ctx.settings.noise.signals.window)
}

/**
 * Judges every signal by its newest decided alerts and writes what changed, with an audit row. Runs in the caller's
 * transaction. Returns the signals that are warned of or muted now and were not before.
 */
export async function reviewSignals(ctx: Ctx): Promise<SignalRecord[]> {
  const changed: SignalRecord[] = []
  for (const record of await signalRecords(ctx)) {
    const state = judgeSignal(record, ctx.settings.noise.signals)
    if (state === record.state) continue
    const after = { state, windowFrom: record.windowFrom, by: null }
    if (!(await changeSignal(ctx, record, after))) continue
    const { decided, falseAlarms } = record
    await auditSignal(ctx, record.signal, null, { state, decided, falseAlarms })
    if (state !== 'active') changed.push({ ...record, state, changedBy: null })
  }
  return changed
}

/**
 * An administrator mutes or restores a signal; restored, it is judged only by what is decided from now on. False:
 * it is so already.
 */
export async function setSignal(
  ctx: Ctx,
  { signal, state, by }: { readonly signal: string; readonly state: 'muted' | 'active'; readonly by: number },
): Promise<boolean> {
  const before = (await signalStandings(ctx)).find((one) => one.signal === signal) ?? untouched(signal)
  const muted = before.state === 'muted'
  if (muted === (state === 'muted')) return false
  const windowFrom = state === 'active' ? ctx.clock.now() : before.windowFrom
  if (!(await changeSignal(ctx, before, { state, windowFrom, by }))) return false
  await auditSignal(ctx, signal, by, { state })
  return true
}

/** An administrator looked at a muted signal and leaves it muted. */
export function keepMuted(ctx: Ctx, signal: string, by: number): Promise<void> {
  return auditSignal(ctx, signal, by, { state: 'muted', kept: true })
}

function auditSignal(
  ctx: Ctx,
  signal: string,
  memberId: number | null,
  detail: { readonly state: SignalState; readonly [name: string]: unknown },
): Promise<void> {
  return addAudit(ctx, { memberId, action: 'signal', subject: `signal:${signal}`, detail })
}

function untouched(signal: string): SignalStanding {
  return { signal, state: 'active', windowFrom: 0 }
}
