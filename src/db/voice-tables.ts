import type { Generated } from 'kysely'
import type { FeedbackState } from '../model/feedback.ts'

export interface VoiceTables {
  feedback: FeedbackTable
  grumbles: GrumblesTable
}

/** What a customer wishes for, told by a rep. */
export interface FeedbackTable {
  id: Generated<number>
  customer_id: number
  member_id: number
  at: number
  text: string
  state: FeedbackState
  changed_at: number | null
  changed_by: number | null
  inbound_key: string
}

/** What a user of the bot complains of, and the answer. */
export interface GrumblesTable {
  id: Generated<number>
  member_id: number
  at: number
  text: string
  answer: string | null
  answered_at: number | null
  answered_by: number | null
  inbound_key: string
}
