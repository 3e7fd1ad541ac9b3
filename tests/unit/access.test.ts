import { describe, expect, it } from 'vitest'
import { allowed, maskName, maskPhone, scopeOf, totalsScopeOf } from '../../src/access.ts'
import type { Member } from '../../src/model/member.ts'

const rep: Member = {
  id: 7,
  name: '李雷',
  role: 'rep',
  teamId: 2,
  teamName: '华东',
  region: null,
  active: true,
}

describe('access', () => {
  it('a rep sees own customers, a lead the team, an admin all', () => {
    expect(scopeOf(rep)).toEqual({ kind: 'own', memberId: 7 })
    expect(scopeOf({ ...rep, role: 'lead' })).toEqual({ kind: 'team', teamId: 2 })
    expect(scopeOf({ ...rep, role: 'admin' })).toEqual({ kind: 'all' })
  })

  it('a lead without a team sees only own customers', () => {
    expect(scopeOf({ ...rep, role: 'lead', teamId: null })).toEqual({ kind: 'own', memberId: 7 })
  })

  it('a rep may hear totals of the own team, and of nobody else', () => {
    const reach = { members: [9], customers: [] }
    expect(totalsScopeOf({ ...rep, reach })).toEqual({ kind: 'team', teamId: 2 })
    expect(totalsScopeOf({ ...rep, teamId: null })).toEqual({ kind: 'own', memberId: 7 })
    expect(totalsScopeOf({ ...rep, active: false })).toEqual({ kind: 'none' })
  })

  it('somebody who left sees and may do nothing, whatever the role', () => {
    for (const role of ['rep', 'lead', 'admin'] as const) {
      expect(scopeOf({ ...rep, role, active: false })).toEqual({ kind: 'none' })
      expect(allowed({ ...rep, role, active: false }, 'rep')).toBe(false)
    }
  })

  it('a higher role may do what a lower one may, not the other way round', () => {
    expect(allowed({ ...rep, role: 'lead' }, 'rep')).toBe(true)
    expect(allowed(rep, 'lead')).toBe(false)
    expect(allowed({ ...rep, role: 'admin' }, 'lead')).toBe(true)
  })

  it('masks names by whole characters and phones by their middle', () => {
    expect(maskName('张三制造有限公司')).toBe('张＊＊')
    expect(maskName('𠮷野家')).toBe('𠮷＊＊')
    expect(maskName('  ')).toBe('＊＊')
    expect(maskPhone('138 0013 8000')).toBe('138****8000')
    expect(maskPhone('110')).toBe('***')
  })
})
