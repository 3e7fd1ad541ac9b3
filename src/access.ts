import type { Member, Reach } from './model/member.ts'

/**
 * Who may see which customers. Store reads take a Scope and apply it inside the query; there is no
 * unscoped read outside jobs and the command line.
 */
export type Scope =
  | { readonly kind: 'own'; readonly memberId: number; readonly reach?: Reach }
  | { readonly kind: 'team'; readonly teamId: number; readonly reach?: Reach }
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }

/** Everything: for jobs and the operator's command line only. */
export const UNSCOPED: Scope = { kind: 'all' }

/** Names and details a member may see in a direct chat. Inactive people see nothing. */
export function scopeOf(member: Member): Scope {
  if (!member.active) return { kind: 'none' }
  if (member.role === 'admin') return { kind: 'all' }
  const reach = member.reach && { reach: member.reach }
  return member.role === 'lead' && member.teamId !== null
    ? { kind: 'team', teamId: member.teamId, ...reach }
    : { kind: 'own', memberId: member.id, ...reach }
}

/** The scope without what somebody else's absence adds to it: for figures. */
export function withoutReach(scope: Scope): Scope {
  if (scope.kind === 'own') return { kind: 'own', memberId: scope.memberId }
  return scope.kind === 'team' ? { kind: 'team', teamId: scope.teamId } : scope
}

/** Whose totals without names a member may hear beside own customers: those of the team. */
export function totalsScopeOf(member: Member): Scope {
  const scope = withoutReach(scopeOf(member))
  return scope.kind === 'own' && member.teamId !== null ? { kind: 'team', teamId: member.teamId } : scope
}

const RANK = { rep: 0, lead: 1, admin: 2 } as const

/** True when the member's role is at least `needed`. Inactive people are allowed nothing. */
export function allowed(member: Member, needed: Member['role']): boolean {
  return member.active && RANK[member.role] >= RANK[needed]
}

/** A customer name for a group chat: first character kept, at most two shown as ＊ (张＊＊). */
export function maskName(name: string): string {
  const [first = ''] = [...name.trim()]
  return first === '' ? '＊＊' : `${first}＊＊`
}

/** A phone number for display outside the owner's own chat: 138****5678. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '')
  return digits.length < 7 ? '***' : `${digits.slice(0, 3)}****${digits.slice(-4)}`
}
