import type { CaseAction, CaseState } from '../../src/model/case.ts'
import type { Day } from '../../src/model/day.ts'

/** A case as the written rules have it, apart from the code: states, who did what, and what undo may take back. */
export interface CaseModel {
  readonly standing: Standing
  readonly done: readonly { actor: number; at: number; before: Standing }[]
  /** Rows people left in its history. */
  readonly rows: number
}

interface Standing {
  readonly state: CaseState
  readonly reason: string | null
  readonly snoozedUntil: Day | null
  readonly nextOn: Day | null
  /** Null: as it was opened. */
  readonly dueOn: Day | null
}

export const FRESH: CaseModel = {
  standing: { state: 'open', reason: null, snoozedUntil: null, nextOn: null, dueOn: null },
  done: [],
  rows: 0,
}

const CLOSED: readonly CaseState[] = ['won', 'lost', 'false-alarm', 'expired']
const UNDO_MS = 10 * 60_000

export function isClosed({ standing }: CaseModel): boolean {
  return CLOSED.includes(standing.state)
}

/** What an action makes of the case; the same model when it changes nothing. */
export function predict(model: CaseModel, actor: number, action: CaseAction, at: number): CaseModel {
  if (action.kind === 'undo') return undone(model, actor, at)
  if (isClosed(model)) return model
  const before = model.standing
  const after = step(before, action)
  if (JSON.stringify(after) === JSON.stringify(before) && action.kind !== 'follow-up') return model
  return { standing: after, done: [...model.done, { actor, at, before }], rows: model.rows + 1 }
}

function undone(model: CaseModel, actor: number, at: number): CaseModel {
  const last = model.done.at(-1)
  if (!last || last.actor !== actor || last.at + UNDO_MS < at) return model
  return { standing: last.before, done: model.done.slice(0, -1), rows: model.rows + 1 }
}

function step(one: Standing, action: Exclude<CaseAction, { kind: 'undo' }>): Standing {
  switch (action.kind) {
    case 'contacted':
      return one.state === 'open' ? { ...one, state: 'working' } : one
    case 'follow-up': {
      const state = action.effective ? 'waiting' : one.state === 'open' ? 'working' : one.state
      const { nextOn } = action
      return nextOn === null
        ? { ...one, state }
        : { ...one, state, nextOn, snoozedUntil: null, dueOn: nextOn }
    }
    case 'snooze':
      return { ...one, snoozedUntil: action.until, dueOn: action.until }
    case 'won':
      return { ...one, state: 'won', reason: null }
    case 'clean':
      return { ...one, state: 'expired', reason: 'cleaned' }
    default:
      return { ...one, state: action.kind, reason: action.reason }
  }
}
