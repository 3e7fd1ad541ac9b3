import type { Generated } from 'kysely'

export interface PlayTables {
  play_texts: PlayTextsTable
  customer_plays: CustomerPlaysTable
}

/** A wording of a play as JSON, under the hash of it. */
export interface PlayTextsTable {
  digest: string
  play_json: string
}

/** A play a customer was worked with; nothing here is ever changed. */
export interface CustomerPlaysTable {
  id: Generated<number>
  customer_id: number
  case_id: number | null
  follow_up_id: number | null
  cause: string
  play: string
  variant: 'a' | 'b' | null
  text_digest: string
  shown_on: number
  starts_on: number
}
