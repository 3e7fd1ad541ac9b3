import type { Calendar } from '../../calendar.ts'
import type { Day } from '../../model/day.ts'
import { REASONS, type Reason } from '../understand/lexicon.ts'
import type { Sentiment } from '../understand/sentiment.ts'
import { type Understood, understand } from '../understand.ts'

/** What was told longer ago says little about today. */
const FRESH_DAYS = 180
/** After one of these an older reason is settled. */
const SETTLED: readonly (string | null)[] = ['ordered', 'renewed', 'resolved', 'won']
/** Dates in old notes do not matter here; any limit reads the reason the same. */
const MAX_NEXT_DAYS = 180
/** These are causes in whatever mood they are told. */
const FACTS: readonly Reason[] = ['competitor', 'contact-change', 'closed-down', 'channel-switch']

const SENTIMENTS: readonly Sentiment[] = ['positive', 'neutral', 'negative']

interface Touch {
  readonly day: Day
  /** Follow-ups are logged in the chat; the others come from imports, where most notes are routine. */
  readonly kind: 'follow-up' | 'visit' | 'touch'
  readonly outcome: string | null
  /** As it was read and corrected when it was logged; sentiment null: nothing was. */
  readonly reason?: string | null
  readonly sentiment?: string | null
  readonly note: string
}

/** A reason, and the words of which day it was read from. */
export interface ToldReason {
  readonly reason: Reason
  readonly day: Day
  readonly note: string
}

/**
 * The last reason for trouble somebody wrote down for this customer, unless an order or a solution came after it. Pure.
 * @param touches newest first
 * @param lastOrderOn what was told before it is settled: they bought again
 */
export function toldReason(
  touches: readonly Touch[],
  now: { readonly today: Day; readonly calendar: Calendar },
  lastOrderOn: Day | null = null,
): ToldReason | null {
  for (const touch of touches) {
    const { day, outcome, note } = touch
    if (now.today - day > FRESH_DAYS || SETTLED.includes(outcome)) return null
    if (lastOrderOn !== null && day < lastOrderOn) return null
    const said = asLogged(touch) ?? (note === '' ? null : readAnew(touch, now))
    if (said && SETTLED.includes(said.outcome)) return null
    if (said?.reason && isTrouble(said, touch.kind)) return { reason: said.reason, day, note }
  }
  return null
}

type Told = Pick<Understood, 'reason' | 'sentiment'> & { readonly outcome: string | null }

function asLogged({ outcome, reason, sentiment }: Touch): Told | null {
  const mood = SENTIMENTS.find((one) => one === sentiment)
  return mood ? { outcome, reason: REASONS.find((one) => one === reason) ?? null, sentiment: mood } : null
}

/** Imported notes, and those logged before readings were kept. */
function readAnew({ note, day }: Touch, now: Parameters<typeof toldReason>[1]): Told {
  return understand(note, { ...now, today: day }, MAX_NEXT_DAYS)
}

/** 聊了账期，对方满意 names a price and is no trouble; 库存够用 in a routine visit is none either. */
function isTrouble({ reason, sentiment }: Told, kind: Touch['kind']): boolean {
  if (reason === null || reason === 'other' || sentiment === 'positive') return false
  return kind === 'follow-up' || sentiment === 'negative' || FACTS.includes(reason)
}
