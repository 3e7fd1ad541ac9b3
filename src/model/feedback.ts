/** 收到 → 在做 → 已上线, or 不做; `withdrawn`: taken back by who told it. */
export const FEEDBACK_STATES = ['received', 'doing', 'live', 'declined', 'withdrawn'] as const
export type FeedbackState = (typeof FEEDBACK_STATES)[number]

/** States that somebody still has to work on. */
export const OPEN_FEEDBACK: readonly FeedbackState[] = ['received', 'doing']

/** What a customer wishes for 反馈, as the product list shows it. */
export interface Feedback {
  readonly id: number
  readonly customerId: number
  readonly customerName: string
  readonly memberId: number
  readonly memberName: string
  readonly at: number
  readonly text: string
  readonly state: FeedbackState
}

/** What a user of the bot complains of 吐槽. Who said it is no part of it. */
export interface Grumble {
  readonly id: number
  readonly at: number
  readonly text: string
  readonly answer: string | null
}

/** Longest feedback, grumble and answer, in characters. */
export const MAX_VOICE_CHARS = 500
