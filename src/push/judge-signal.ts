import {
  NEVER_MUTED,
  type SignalRecord,
  type SignalStanding,
  type SignalState,
  type Verdict,
} from '../model/quiet-signal.ts'
import type { Settings } from '../settings.ts'

type Limits = Settings['noise']['signals']

/** The newest `window` verdicts of each standing that fell since it began to count; `verdicts` newest first. */
export function recordsOf(
  standings: readonly SignalStanding[],
  verdicts: readonly Verdict[],
  window: number,
): SignalRecord[] {
  return standings.map((one) => {
    const counted = verdicts
      .filter(({ signal, at }) => signal === one.signal && at > one.windowFrom)
      .slice(0, window)
    return { ...one, decided: counted.length, falseAlarms: counted.filter((it) => it.falseAlarm).length }
  })
}

/**
 * The state that follows from the record. From `warnShare` on a signal is warned of, above `muteShare` muted; a
 * warning ends only below `clearShare`, so that a share that trembles around a limit is told once. Muted stays
 * until a person restores it: while it is quiet there is hardly anything to judge it by.
 */
export function judgeSignal(record: SignalRecord, limits: Limits): SignalState {
  const { signal, state, decided, falseAlarms } = record
  if (state === 'muted' || decided < limits.window) return state
  const share = falseAlarms / decided
  if (share > limits.muteShare && limits.autoMute && !NEVER_MUTED.includes(signal)) return 'muted'
  if (share >= limits.warnShare) return 'warned'
  return share < limits.clearShare ? 'active' : state
}
