import type { Generated } from 'kysely'
import type { HandOverKind, HandOverState } from '../model/hand-over.ts'

/** Tables of people who change places; the columns are explained in migration 0009. */
export interface HandOverTables {
  absences: AbsencesTable
  custody: CustodyTable
  hand_overs: HandOversTable
  transfers: TransfersTable
}

/** Away on the days [from_on, until_on). */
export interface AbsencesTable {
  id: Generated<number>
  member_id: number
  deputy_id: number | null
  from_on: number
  until_on: number
  set_by: number
  created_at: number
  told_at: number | null
}

/** Who owns a customer although its source still names another. */
export interface CustodyTable {
  customer_id: number
  source_owner_id: number | null
  owner_id: number
  since: number
}

export interface HandOversTable {
  id: Generated<number>
  kind: HandOverKind
  state: HandOverState
  member_id: number | null
  asked_id: number | null
  by_id: number | null
  at: number
  decided_at: number | null
  reason: string | null
}

export interface TransfersTable {
  id: Generated<number>
  hand_over_id: number
  customer_id: number
  what: 'case' | 'customer'
  owner_before: number | null
  to_id: number
  case_id: number | null
  case_owner_before: number | null
  case_handed_before: number | null
  failed_at: Generated<number | null>
  failed_reason: Generated<string | null>
}
