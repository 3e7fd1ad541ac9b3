import type { Day } from '../model/day.ts'
import { readDeleted } from '../model/deleted-contact.ts'
import { factOf } from '../model/fact-kinds.ts'
import { readLowSurvey } from '../model/low-survey.ts'
import type { Evidence, Fact } from '../model/score.ts'
import type { LaneEvent, LaneKind } from '../store/lane-events.ts'

/** More than any score gives: the news stands first on the card. It is never added to a score. */
const NEWS_POINTS = 100
const EXCERPT_CHARS = 30
/** The words of an answer are the news itself. */
const QUOTE_CHARS = 50

/** What an event says, in the form of a signal's evidence: the score hears of it only in the coming night. */
export function eventEvidence(event: LaneEvent, today: Day): Evidence {
  if (event.kind === 'low-survey') return surveyEvidence(event)
  return { signal: event.kind, points: NEWS_POINTS, facts: [factOfEvent(event, event.kind, today)] }
}

/** The answer stands with the signal the coming night's score gives it, with the customer's own words. */
function surveyEvidence({ id, day, note, text }: LaneEvent): Evidence {
  const source = { table: 'events', id } as const
  const { kind, score, before, words } = readLowSurvey(note, text)
  const answer =
    kind === 'csat'
      ? factOf('csat-low', day, { score }, source)
      : before === null
        ? factOf('nps-low', day, { score }, source)
        : factOf('nps-drop', day, { score, before }, source)
  const quote = [...words].slice(0, QUOTE_CHARS).join('')
  const said = quote === '' ? [] : [factOf('survey-words', day, { text: quote }, source)]
  return { signal: kind, points: NEWS_POINTS, facts: [answer, ...said] }
}

function factOfEvent(event: LaneEvent, kind: Exclude<LaneKind, 'low-survey'>, today: Day): Fact {
  const source = { table: 'events', id: event.id } as const
  const days = Math.max(0, today - event.day)
  const text = [...event.text].slice(0, EXCERPT_CHARS).join('')
  switch (kind) {
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
