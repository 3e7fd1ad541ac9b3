import type { Day } from './day.ts'
import type { Role } from './member.ts'

/** A member as far as standing in for each other goes. */
export interface Colleague {
  readonly id: number
  readonly name: string
  readonly role: Role
  readonly teamId: number | null
  readonly region: string | null
  readonly active: boolean
}

/** Somebody is away 请假 on the days [from, until); `until` is the first workday back. */
export interface Absence {
  readonly id: number
  readonly memberId: number
  readonly deputyId: number | null
  readonly from: Day
  readonly until: Day
}

/** Who works on a day, and who takes what is meant for the others. */
export interface Duty {
  /**
   * Who gets what is meant for a member: the member, while at work the deputy of the deputy of …, else the lead of
   * the member's team. Null when nobody is there.
   */
  receiverOf(memberId: number): Colleague | null
  /** Who owns the cases of somebody who left: the receiver, else an administrator or lead, at work or not. */
  keeperOf(memberId: number): Colleague | null
  /** Those away for whom this member stands in. */
  standsInFor(memberId: number): readonly number[]
  /** The absence of that day, null for who is at work. */
  absenceOf(memberId: number): Absence | null
  /** Active and not away. */
  isThere(memberId: number): boolean
  readonly colleagues: ReadonlyMap<number, Colleague>
}

/** @param absences those that hold the day; of several of one member the newest counts */
export function dutyOf(colleagues: readonly Colleague[], absences: readonly Absence[]): Duty {
  const byId = new Map([...colleagues].sort((a, b) => a.id - b.id).map((one) => [one.id, one]))
  const away = new Map([...absences].sort((a, b) => a.id - b.id).map((one) => [one.memberId, one]))
  const isThere = (id: number): boolean => byId.get(id)?.active === true && !away.has(id)

  function receiverOf(memberId: number): Colleague | null {
    const asked = new Set<number>()
    for (let id: number | null = memberId; id !== null && !asked.has(id); ) {
      if (isThere(id)) return byId.get(id) ?? null
      asked.add(id)
      // Whoever left has no say any more in who stands in.
      id = byId.get(id)?.active ? (away.get(id)?.deputyId ?? null) : null
    }
    return leadOf(memberId)
  }

  function leadOf(memberId: number): Colleague | null {
    const teamId = byId.get(memberId)?.teamId ?? null
    if (teamId === null) return null
    return first((one) => one.role === 'lead' && one.teamId === teamId && isThere(one.id))
  }

  function first(fits: (one: Colleague) => boolean): Colleague | null {
    for (const one of byId.values()) if (fits(one)) return one
    return null
  }

  return {
    colleagues: byId,
    isThere,
    receiverOf,
    keeperOf: (memberId) =>
      receiverOf(memberId) ??
      first((one) => one.role === 'admin' && isThere(one.id)) ??
      first((one) => one.role !== 'rep' && one.active) ??
      first((one) => one.active),
    standsInFor: (memberId) =>
      [...away.keys()].filter((id) => id !== memberId && receiverOf(id)?.id === memberId),
    absenceOf: (memberId) => away.get(memberId) ?? null,
  }
}
