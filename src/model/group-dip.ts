import type { Day } from './day.ts'

export type GroupKind = 'team' | 'region' | 'segment' | 'industry'

/** A group in which many customers became at risk together, as one team is told of it. */
export interface GroupDip {
  readonly id: number
  readonly day: Day
  readonly kind: GroupKind
  readonly name: string
  /** Null: customers without a team; the administrators are told. */
  readonly teamId: number | null
  /** Newly at risk in the whole group, and expected in it. */
  readonly size: number
  readonly expected: number
  readonly p: number
  /** Customers of the team whose alerts wait, until the day `until` comes or somebody releases them. */
  readonly customers: readonly number[]
  readonly state: 'held' | 'released'
  readonly until: Day
}

/** A customer that became at risk, and the groups it is in. */
export interface NewlyAtRisk {
  readonly customerId: number
  readonly asOf: Day
  readonly teamId: number | null
  /** The name of each group it is in. */
  readonly groups: Readonly<Partial<Record<GroupKind, string>>>
}
