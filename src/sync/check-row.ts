import type { Value } from './batch.ts'
import type { Entity } from './connector.ts'

/** A field that is readable but makes no sense in its row. */
export interface Problem {
  readonly field: string
  readonly expected: string
}

/** Reads a column of the row at hand. */
export type Cell = (column: string) => Value | undefined

/** Rules over a whole row; null when it is sound. `set` corrects a value in place. */
export type RowCheck = (cell: Cell, set: (column: string, value: Value) => void) => Problem | null

/** NPS is asked from 0 to 10, satisfaction (CSAT) from 1 to 5. */
const SCALES = { nps: { min: 0, max: 10 }, csat: { min: 1, max: 5 } }

const checkEvent: RowCheck = (cell, set) => {
  const kind = cell('kind')
  for (const field of ['amount', 'quantity']) {
    const value = cell(field)
    if (typeof value !== 'number' || value >= 0) continue
    if (kind === 'refund') set(field, -value)
    else return { field, expected: `${field} ≥ 0; for a return or cancellation use kind=refund` }
  }
  return null
}

const checkSurvey: RowCheck = (cell) => {
  const score = cell('score')
  const { min, max } = cell('kind') === 'csat' ? SCALES.csat : SCALES.nps
  const sound = typeof score === 'number' && score >= min && score <= max
  return sound ? null : { field: 'score', expected: `a score from ${min} to ${max}` }
}

const checkCustomer: RowCheck = (cell) =>
  cell('key') || cell('name') ? null : { field: 'key', expected: 'a key or a name' }

const checkContact: RowCheck = (cell) => {
  const [from, left] = [cell('from_on'), cell('left_on')]
  const reversed = typeof from === 'number' && typeof left === 'number' && left < from
  return reversed ? { field: 'left', expected: 'a date not before from' } : null
}

export const ROW_CHECKS: Readonly<Record<Entity, RowCheck>> = {
  members: () => null,
  customers: checkCustomer,
  contacts: checkContact,
  events: checkEvent,
  surveys: checkSurvey,
}
