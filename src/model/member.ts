export const ROLES = ['rep', 'lead', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** A person of the sales organisation: 销售 (rep), 主管 (lead) or 管理员 (admin). */
export interface Member {
  readonly id: number
  readonly name: string
  readonly role: Role
  readonly teamId: number | null
  readonly teamName: string | null
  readonly region: string | null
  readonly active: boolean
  /** Absent: nothing beyond the own. */
  readonly reach?: Reach
}

/** What somebody works on beyond the own customers or team. */
export interface Reach {
  /** Those away for whom the member stands in. */
  readonly members: readonly number[]
  /** Customers whose open case was handed to the member, or to one of the team. */
  readonly customers: readonly number[]
}
