import type { Tier } from './churn.ts'
import type { Day } from './day.ts'
import type { Stage } from './stage.ts'

/** A cell of the matrix of plays. `cause` is one of config/plays.yaml. */
export interface PlayCell {
  readonly tier: Tier
  readonly cause: string
  readonly stage: Stage
}

/** A play 打法 in one language, with the days its steps are due. */
export interface PlannedPlay {
  readonly id: string
  readonly title: string
  /** The cause it answers, in words. */
  readonly cause: string
  readonly steps: readonly { readonly due: Day; readonly what: string }[]
  readonly stop: string
  /** The one question to open with. */
  readonly question: string
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
