/** `case`, `customer`: one was passed on; `leaver`: everything of somebody who left; `assign`: had no owner. */
export type HandOverKind = 'case' | 'customer' | 'leaver' | 'assign'

/** `asked`: waits for a decision; `dropped`: the leaver came back, or nothing was left to give. */
export type HandOverState = 'asked' | 'done' | 'dropped' | 'undone'

/** A hand-over as it stands; the single customers stand in `transfers`. */
export interface HandOver {
  readonly id: number
  readonly kind: HandOverKind
  readonly state: HandOverState
  /** Whose customers they were. */
  readonly memberId: number | null
  /** Who decides. */
  readonly askedId: number | null
}

/** What waits with one person: for cards, and to spread work evenly. */
export interface Workload {
  readonly customers: number
  readonly cases: number
  readonly promises: number
}
