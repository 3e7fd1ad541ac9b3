import type { Generated } from 'kysely'

/** What was laid down before anybody was assigned; see `ExperimentPlan`. At most one of a name runs. */
export interface ExperimentsTable {
  id: Generated<number>
  name: string
  seed: number
  share: number
  exclude_top: number
  delay_days: number
  window_days: number
  baseline: number
  min_effect: number
  power: number
  started_at: number
  started_by: number | null
  ended_at: number | null
  /** Of a trial of scripts the hash of both wordings. */
  wording: Generated<string | null>
}

/** The arm of an alert. Customer and day name the episode; nothing here is ever changed. */
export interface AssignmentsTable {
  id: Generated<number>
  experiment_id: number
  customer_id: number
  day: number
  stratum: string
  place: number
  arm: 'treated' | 'control'
  assigned_at: number
}
