import type { Day } from './day.ts'

/** A customer 客户 as stored, with the owner's name for display. */
export interface Customer {
  readonly id: number
  readonly key: string
  readonly name: string
  readonly shortName: string | null
  readonly ownerId: number | null
  readonly ownerName: string | null
  readonly segment: string
  readonly region: string | null
  readonly industry: string | null
  readonly phone: string | null
  readonly since: Day | null
  readonly renewalOn: Day | null
}

export const CONTACT_ROLES = ['buyer', 'decider', 'user'] as const
export type ContactRole = (typeof CONTACT_ROLES)[number]

/** A contact 联系人 of a customer: 采购 (buyer), 决策 (decider) or 使用 (user). */
export interface Contact {
  readonly id: number
  readonly name: string
  readonly role: ContactRole
  readonly title: string | null
  readonly phone: string | null
  readonly from: Day | null
  readonly left: Day | null
}
