/** A low answer to a survey as its event keeps it: the figures in the note, the customer's words in the text. */
export interface LowSurvey {
  readonly kind: 'nps' | 'csat'
  /** NPS 0–10, CSAT 1–5. */
  readonly score: number
  /** The same contact's answer before, when this one fell; else null. */
  readonly before: number | null
  readonly words: string
}

/** The note of the event: `nps 4 9`, `csat 2`. */
export function lowSurveyNote({ kind, score, before }: Omit<LowSurvey, 'words'>): string {
  return before === null ? `${kind} ${score}` : `${kind} ${score} ${before}`
}

/** What `lowSurveyNote` wrote. Without words of its own an event shows its note in their place: that is no quote. */
export function readLowSurvey(note: string, text: string): LowSurvey {
  const [kind, score, before] = note.split(' ')
  return {
    kind: kind === 'csat' ? 'csat' : 'nps',
    score: Number(score),
    before: before === undefined ? null : Number(before),
    words: text === note ? '' : text,
  }
}
