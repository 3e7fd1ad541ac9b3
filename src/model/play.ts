import type { Tier } from './churn.ts'
import type { Day } from './day.ts'
import type { Stage } from './stage.ts'

/** A cell of the matrix of plays. `cause` is one of config/plays.yaml. */
export interface PlayCell {
  readonly tier: Tier
  readonly cause: string
  readonly stage: Stage
}

/** One of the two scripts of a trial. */
export const VARIANTS = ['a', 'b'] as const
export type Variant = (typeof VARIANTS)[number]

interface Words {
  readonly zh: string
  readonly en: string
}

/** A play word by word, in both languages. */
export interface PlayWording {
  /** The cause it answers, in words. */
  readonly cause: Words
  readonly title: Words
  /** `day`: workdays after it begins; 0 is its first day. */
  readonly steps: readonly (Words & { readonly day: number })[]
  readonly stop: Words
  /** The one question to open with. */
  readonly question: Words
  readonly draft: { readonly zh: readonly string[]; readonly en: readonly string[] }
}

/** A play that somebody was shown for a customer, as it was worded then. */
export interface PlayRun {
  readonly customerId: number
  /** Null: to win back a customer that was lost. */
  readonly caseId: number | null
  /** What was told in this follow-up led to it. */
  readonly followUpId: number | null
  readonly cause: string
  readonly play: string
  /** Null: its customer takes part in no trial of scripts. */
  readonly variant: Variant | null
  readonly wording: PlayWording
  /** What happened before this day says nothing of it. */
  readonly shownOn: Day
  /** Day 0 of its steps. */
  readonly startsOn: Day
}

/** Why a play came to its end: an order, one that was told, a no, a solved complaint. */
export interface PlayEnd {
  readonly why: 'order' | 'told-order' | 'refused' | 'lost' | 'solved'
  readonly on: Day
}

/** A play 打法 in one language, with the days its steps are due. */
export interface PlannedPlay {
  readonly id: string
  readonly title: string
  /** The cause it answers, in words. */
  readonly cause: string
  readonly steps: readonly { readonly due: Day; readonly what: string; readonly done: boolean }[]
  readonly stop: string
  /** The one question to open with. */
  readonly question: string
  /** Sentences with slots. */
  readonly draft: readonly string[]
  /** Null while it goes on. */
  readonly ended: PlayEnd | null
}

/** What a draft may say about a customer; everything exact in it is one of these. */
export const DRAFT_SLOTS = ['contact', 'rep', 'lastOrder', 'complaint', 'promise', 'renewal'] as const
export type DraftSlot = (typeof DRAFT_SLOTS)[number]

/** A value as it is said, and the field it was read from. */
export interface DraftField {
  readonly value: string
  /** `events.day`, `contacts.name`: where it stands. */
  readonly source: string
}

export type DraftFields = Readonly<Partial<Record<DraftSlot, DraftField>>>

/** A message for a person to change and send. The bot never sends it to a customer. */
export interface Draft {
  readonly sentences: readonly string[]
  /** The fields it was made of, in the order of their first use. */
  readonly used: readonly ({ readonly slot: DraftSlot } & DraftField)[]
}
