import type { Day } from '../model/day.ts'
import { type Channel, channelOf, isEffective, type Outcome, outcomeOf } from './follow-up-words.ts'
import { nextDate } from './next-date.ts'

/** What a line says: the follow-up as it will be written, before anything is. */
export interface ReadLine {
  readonly outcome: Outcome | null
  readonly channel: Channel | null
  /** With an outcome 有效跟进, without 仅触达. */
  readonly effective: boolean
  readonly nextOn: Day | null
  /** Why the date that was said cannot be taken. */
  readonly refused: 'past' | 'too-far' | 'no-such-date' | null
  /** The words the date was read from. */
  readonly saidDate: string | null
}

/** Reads the simple form: outcome words, a note, a next date. Pure; understands only what it is sure of. */
export function readLine(line: string, today: Day, maxNextDays: number): ReadLine {
  const outcome = outcomeOf(line)
  const said = nextDate(line, today)
  const refused = said ? refusal(said.day, today, maxNextDays) : null
  return {
    outcome,
    channel: channelOf(line),
    effective: isEffective(outcome),
    nextOn: refused ? null : (said?.day ?? null),
    refused,
    saidDate: said?.words ?? null,
  }
}

function refusal(day: Day | null, today: Day, maxNextDays: number): ReadLine['refused'] {
  if (day === null) return 'no-such-date'
  if (day < today) return 'past'
  return day - today > maxNextDays ? 'too-far' : null
}
