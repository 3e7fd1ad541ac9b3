import { factOf } from '../../model/fact-kinds.ts'
import { decayed, excerpt } from '../decay.ts'
import type { Complaint } from '../features.ts'
import type { Signal } from '../signal.ts'

const OPEN_POINTS = 38
const CLOSED_POINTS = 10
const OPEN_TICKET_POINTS = 8
const HALF_LIFE_DAYS = 45
/** A second open complaint adds less than the first. */
const MOST = 56

/**
 * Complaints (A43): an open one weighs in full and a closed one fades; `resolved` closes. Open tickets weigh
 * little, alone they are everyday business.
 */
export const complaint: Signal = {
  id: 'complaint',
  family: 'voice',
  evaluate({ complaints, asOf }, { signals }) {
    const recent = complaints.filter((one) => asOf - one.day <= signals.complaintDays && counts(one))
    if (recent.length === 0) return null
    const sum = recent.reduce((points, one) => points + pointsOf(one, asOf - one.day), 0)
    if (sum === 0) return null
    const newest = recent.toSorted((a, b) => rank(b) - rank(a) || b.day - a.day || b.id - a.id)
    return {
      signal: 'complaint',
      points: Math.min(MOST, sum),
      facts: newest.map((one) =>
        factOf(
          kindOf(one),
          one.day,
          { days: asOf - one.day, text: excerpt(one.text) },
          {
            table: 'events',
            id: one.id,
          },
        ),
      ),
    }
  },
}

function counts(one: Complaint): boolean {
  return one.kind === 'complaint' || one.open
}

function rank(one: Complaint): number {
  return (one.open ? 2 : 0) + (one.kind === 'complaint' ? 1 : 0)
}

function pointsOf(one: Complaint, age: number): number {
  if (one.kind === 'ticket') return decayed(OPEN_TICKET_POINTS, age, HALF_LIFE_DAYS)
  return one.open ? OPEN_POINTS : decayed(CLOSED_POINTS, age, HALF_LIFE_DAYS)
}

function kindOf(one: Complaint): 'complaint-open' | 'complaint-closed' | 'ticket-open' {
  if (one.kind === 'ticket') return 'ticket-open'
  return one.open ? 'complaint-open' : 'complaint-closed'
}
