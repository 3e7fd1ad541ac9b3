import type { Generated } from 'kysely'

export interface CasesTable {
  id: Generated<number>
  customer_id: number
  owner_id: number
  lane: 'digest' | 'event'
  state: 'open' | 'working' | 'waiting' | 'won' | 'lost' | 'false-alarm' | 'expired'
  /** Raised by every change: two people at once cannot overwrite each other. */
  revision: Generated<number>
  causes: string
  score_run_id: number | null
  risk: number | null
  band: string
  opened_at: number
  opened_on: number
  due_at: number
  closed_at: number | null
  reason: string | null
  snoozed_until: number | null
  last_pushed_on: number | null
  last_pushed_band: string | null
  next_on: number | null
  why_json: string
  event_id: number | null
  /** 1: handed to its owner by a person, whoever owns the customer. */
  handed: Generated<number>
  /** The first time to follow up; null only in rows that say nothing of it: then it is `due_at`. */
  sla_due_at: Generated<number | null>
  snooze_reason: Generated<string | null>
  earlier_id: Generated<number | null>
}

export interface CaseLogTable {
  id: Generated<number>
  case_id: number
  at: number
  member_id: number | null
  action: string
  detail: string | null
}
