import type { Generated } from 'kysely'
import type { SignalState } from '../model/quiet-signal.ts'

/** Tables of noise control; the columns are explained in migration 0013. */
export interface NoiseTables {
  signal_states: SignalStatesTable
  group_dips: GroupDipsTable
  competitor_events: CompetitorEventsTable
  push_wishes: PushWishesTable
}

export interface SignalStatesTable {
  signal: string
  state: SignalState
  window_from: number
  changed_at: number
  changed_by: number | null
}

export interface GroupDipsTable {
  id: Generated<number>
  day: number
  kind: 'team' | 'region' | 'segment' | 'industry'
  name: string
  team_id: number | null
  size: number
  expected: number
  p: number
  customers_json: string
  state: 'held' | 'released'
  until_on: number
  decided_at: number | null
  decided_by: number | null
}

export interface CompetitorEventsTable {
  id: Generated<number>
  name: string
  from_on: number
  to_on: number
  region: string | null
  created_at: number
  created_by: number
  removed_at: number | null
}

export interface PushWishesTable {
  subject: 'member' | 'team'
  subject_id: number
  high_value: number
  per_day: number | null
  set_at: number
  set_by: number
}
