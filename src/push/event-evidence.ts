import type { Day } from '../model/day.ts'
import { readDeleted } from '../model/deleted-contact.ts'
import { factOf } from '../model/fact-kinds.ts'
import type { Evidence, Fact } from '../model/score.ts'
import type { LaneEvent } from '../store/lane-events.ts'

/** More than any score gives: the news stands first on the card. It is never added to a score. */
const NEWS_POINTS = 100
const EXCERPT_CHARS = 30

/** What an event says, in the form of a signal's evidence: the score hears of it only in the coming night. */
export function eventEvidence(event: LaneEvent, today: Day): Evidence {
  return { signal: event.kind, points: NEWS_POINTS, facts: [factOfEvent(event, today)] }
}

function factOfEvent(event: LaneEvent, today: Day): Fact {
  const source = { table: 'events', id: event.id } as const
  const days = Math.max(0, today - event.day)
  const text = [...event.text].slice(0, EXCERPT_CHARS).join('')
  switch (event.kind) {
    case 'complaint':
      return factOf('complaint-open', event.day, { days, text }, source)
    case 'contact-change':
      return factOf('contact-change', event.day, { who: text, days }, source)
    case 'contact-deleted': {
      const { rep, still } = readDeleted(event.text)
      return factOf('contact-deleted', event.day, { who: rep, still: still.join('、'), days }, source)
    }
    case 'cancel':
      return factOf('cancel', event.day, { text }, source)
  }
}
