import type { Generated } from 'kysely'

/** People, facts and their loads: the tables that sync fills. See `schema.ts` for the units. */

export interface TeamsTable {
  id: Generated<number>
  name: string
  region: string | null
}

export interface MembersTable {
  id: Generated<number>
  source: string
  source_key: string
  name: string
  role: 'rep' | 'lead' | 'admin'
  team_id: number | null
  region: string | null
  active: number
}

export interface IdentitiesTable {
  platform: string
  person: string
  member_id: number
  bound_at: number
  /** When the member wrote last from here; kept only where a member has several identities. */
  heard_at: Generated<number | null>
}

export interface CustomersTable {
  id: Generated<number>
  source: string
  source_key: string
  name: string
  short_name: string | null
  owner_id: number | null
  segment: string
  region: string | null
  industry: string | null
  phone: string | null
  since_on: number | null
  renewal_on: number | null
  tags: string | null
}

export interface ContactsTable {
  id: Generated<number>
  source: string
  source_key: string
  customer_id: number
  name: string
  role: string
  title: string | null
  phone: string | null
  from_on: number | null
  left_on: number | null
  /** Month × 100 + day of the month. */
  birthday: number | null
}

export interface EventsTable {
  id: Generated<number>
  source: string
  source_key: string
  customer_id: number
  kind: string
  at: number
  day: number
  amount: number | null
  quantity: number | null
  channel: string | null
  text: string | null
  note: string | null
}

export interface SurveysTable {
  id: Generated<number>
  source: string
  source_key: string
  customer_id: number
  contact: string | null
  kind: 'nps' | 'csat'
  at: number
  day: number
  score: number
  text: string | null
}

export interface ImportRunsTable {
  id: Generated<number>
  source: string
  entity: string
  file: string
  file_digest: string | null
  state: 'running' | 'done' | 'failed'
  started_at: number
  finished_at: number | null
  read: number
  added: number
  changed: number
  unchanged: number
  rejected: number
  /** Last sign of life of a running load; a dead one is told by its age. */
  alive_at: number
  /** Latest fact instant in the file: what freshness looks at. */
  latest_at: number | null
  error: string | null
}

export interface ImportRejectsTable {
  id: Generated<number>
  run_id: number
  line: number
  field: string
  value: string
  expected: string
  row_text: string
}

/** Scratch: keys met in a running import. Emptied when the run ends. */
export interface ImportSeenTable {
  run_id: number
  key: string
  /** Own keys: the content's hash and the line it stood on. */
  fingerprint: string
  line: number
  /** Derived keys: how often that content was met. */
  times: number
}
