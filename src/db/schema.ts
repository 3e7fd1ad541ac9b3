import type { Generated } from 'kysely'
import type { CaseLogTable, CasesTable } from './case-tables.ts'
import type { ContactTables } from './contact-tables.ts'
import type { AssignmentsTable, ExperimentsTable } from './experiment-tables.ts'
import type {
  ContactsTable,
  CustomersTable,
  EventsTable,
  IdentitiesTable,
  ImportRejectsTable,
  ImportRunsTable,
  ImportSeenTable,
  MembersTable,
  SurveysTable,
  TeamsTable,
} from './fact-tables.ts'
import type { HandOverTables } from './hand-over-tables.ts'
import type { NoiseTables } from './noise-tables.ts'
import type { PlayTables } from './play-tables.ts'
import type { VoiceTables } from './voice-tables.ts'

/**
 * The tables as Kysely sees them. Instants (`*_at`) are UTC milliseconds, days (`*_on`, `day`) are business
 * days since 1970-01-01, money is 分, flags are 0/1, `*_json` is JSON text. The column meanings that are not
 * obvious stand in the migrations.
 */
export interface Schema extends ContactTables, HandOverTables, NoiseTables, PlayTables, VoiceTables {
  teams: TeamsTable
  members: MembersTable
  identities: IdentitiesTable
  customers: CustomersTable
  contacts: ContactsTable
  events: EventsTable
  surveys: SurveysTable
  import_runs: ImportRunsTable
  import_rejects: ImportRejectsTable
  import_seen: ImportSeenTable
  score_runs: ScoreRunsTable
  scorer_versions: ScorerVersionsTable
  learning_parts: LearningPartsTable
  settings_versions: SettingsVersionsTable
  scores: ScoresTable
  score_changes: ScoreChangesTable
  order_prompts: OrderPromptsTable
  cases: CasesTable
  case_log: CaseLogTable
  follow_ups: FollowUpsTable
  outbox: OutboxTable
  inbox: InboxTable
  dialogs: DialogsTable
  chats: ChatsTable
  job_runs: JobRunsTable
  audit: AuditTable
  state: StateTable
  playground_messages: PlaygroundMessagesTable
  experiments: ExperimentsTable
  assignments: AssignmentsTable
}

export interface ScoreRunsTable {
  id: Generated<number>
  as_of: number
  state: 'running' | 'done' | 'failed'
  scorer: string
  settings_digest: string
  params_json: string
  started_at: number
  finished_at: number | null
  customers: number
  scored: number
  insufficient: number
  counts_json: string
  cursor: number
  latest_event_at: number | null
}

export interface ScorerVersionsTable {
  id: Generated<number>
  created_at: number
  as_of: number
  kind: string
  state: 'proposed' | 'active' | 'refused' | 'retired' | 'withdrawn' | 'rules-stay'
  params_json: string | null
  report_json: string
  decided_at: number | null
  decided_by: number | null
}

export interface LearningPartsTable {
  digest: string
  created_at: number
  model_json: string
}

export interface SettingsVersionsTable {
  id: Generated<number>
  created_at: number
  created_by: number
  base_id: number | null
  state: 'asked' | 'previewed' | 'failed' | 'active' | 'dropped' | 'retired'
  sets_json: string
  preview_json: string | null
  decided_at: number | null
  decided_by: number | null
}

/** The latest score of each customer. Earlier states stand in `score_changes`. */
export interface ScoresTable {
  customer_id: number
  run_id: number
  as_of: number
  risk: number | null
  band: string
  band_since: number
  tier: string
  stage: string
  stage_since: number
  rfm_segment: string
  r: number | null
  f: number | null
  m: number | null
  points: number
  value_12m: number
  priority: number
  churned: number
  evidence_json: string
  /** When the next order is expected (`model/next-order.ts`); all null without a rhythm. */
  next_order_after: number | null
  next_order_from: number | null
  next_order_due: number | null
  next_order_until: number | null
  next_order_every: number | null
}

/** The newest reminder of an expected order: `after_on` names its cycle. */
export interface OrderPromptsTable {
  customer_id: number
  after_on: number
  prompted_on: number
  member_id: number
}

export interface ScoreChangesTable {
  id: Generated<number>
  customer_id: number
  run_id: number
  as_of: number
  field: 'band' | 'tier' | 'stage' | 'churned'
  before: string | null
  after: string
}

export interface FollowUpsTable {
  id: Generated<number>
  customer_id: number
  case_id: number | null
  member_id: number
  at: number
  day: number
  channel: string | null
  outcome: string | null
  effective: number
  note: string
  next_on: number | null
  reached: number | null
  reason: string | null
  sentiment: string | null
  amount: number | null
  /** The inbound event it came from: a repeated delivery writes nothing new. */
  inbound_key: string
  undone_at: number | null
}

export interface OutboxTable {
  /** Also the idempotency key given to the adapter. */
  id: string
  platform: string
  kind: 'send' | 'update' | 'refresh'
  /** Send: Address as JSON. Update: the update token as JSON. */
  target_json: string
  /** For pacing and for the delivery log: `dm:<person>` or `group:<id>`. */
  address: string
  card_json: string
  lane: 'reply' | 'urgent' | 'digest' | 'notice'
  state: 'pending' | 'sending' | 'sent' | 'dead'
  attempts: number
  not_before: number
  lease_until: number | null
  created_at: number
  /** When it was delivered, or given up. */
  sent_at: number | null
  receipt: string | null
  error: string | null
  case_id: number | null
  score_run_id: number | null
  /** 1: nobody knows whether an attempt arrived. */
  doubtful: Generated<number>
  /** Order of arrival: messages of one address and lane go out in this order. */
  seq: number
}

export interface InboxTable {
  /** Order of arrival: events are handled in it. */
  seq: Generated<number>
  platform: string
  event_id: string
  received_at: number
  event_json: string
  state: 'new' | 'done' | 'failed'
  attempts: Generated<number>
  done_at: number | null
  error: string | null
}

/** One open question per person and chat (which 张总?), answered by a button or a number. */
export interface DialogsTable {
  platform: string
  person: string
  chat: string
  dialog_json: string
  expires_at: number
}

/** Group chats the bot knows, and the team whose totals it shows there. */
export interface ChatsTable {
  platform: string
  chat: string
  title: string | null
  team_id: number | null
}

export interface JobRunsTable {
  job: string
  slot: number
  state: 'running' | 'done' | 'failed'
  attempts: number
  lease_until: number
  started_at: number
  finished_at: number | null
  counts_json: string | null
  error: string | null
}

export interface AuditTable {
  id: Generated<number>
  at: number
  member_id: number | null
  action: string
  subject: string
  detail: string | null
}

/** Small named values: demo clock offset, holiday overrides, pauses. */
export interface StateTable {
  name: string
  value: string
  updated_at: number
}

export interface PlaygroundMessagesTable {
  id: Generated<number>
  chat: string
  sender: string
  at: number
  message_key: string
  body_json: string
  /** Grows with every insert and update in the table: live streams resume from it. */
  revision: number
}
