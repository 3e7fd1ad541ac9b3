import { expect, it } from 'vitest'
import { playgroundHistory } from '../../src/store/playground-messages.ts'
import { playgroundGroups, playgroundPeople } from '../../src/store/playground-people.ts'
import { describeEachDatabase } from '../support/test-ctx.ts'

const line = (key: string, chat = 'dm:a') => ({
  chat,
  sender: 'a',
  at: 1,
  key,
  body: { kind: 'text' as const, text: key },
})

describeEachDatabase('playground messages', (ctx) => {
  it('stores a key once, pages backwards, and replays changes in order of revision', async () => {
    const history = playgroundHistory(ctx())
    expect(await history.revision()).toBe(0)
    const first = await history.add(line('one'))
    const again = await history.add({ ...line('one'), body: { kind: 'text', text: 'other' } })
    expect(again).toEqual(first)
    const second = await history.add(line('two'))
    const elsewhere = await history.add(line('three', 'dm:b'))
    const third = await history.add(line('four'))

    const page = await history.page('dm:a', null, 2)
    expect(page.map((one) => one.id)).toEqual([second.id, third.id])
    expect((await history.page('dm:a', second.id, 2)).map((one) => one.id)).toEqual([first.id])

    const seen = await history.revision()
    expect(await history.changes(['dm:a', 'dm:b'], seen, 10)).toEqual([])
    const changed = await history.replace(first.id, { kind: 'text', text: 'new' })
    expect(await history.changes(['dm:a'], second.revision, 10)).toEqual([third, changed])
    expect(await history.changes(['dm:b'], 0, 10)).toEqual([elsewhere])
    expect(await history.changes([], 0, 10)).toEqual([])
    expect(await history.replace(9999, { kind: 'text', text: 'none' })).toBeNull()
    expect(await history.find(first.id)).toEqual(changed)
  })

  it('adds at the same time without losing or doubling', async () => {
    const history = playgroundHistory(ctx())
    const keys = Array.from({ length: 20 }, (_, n) => `same-${n % 10}`)
    await Promise.all(keys.map((key) => history.add(line(key, 'dm:c'))))
    const messages = await history.page('dm:c', null, 100)
    expect(messages).toHaveLength(10)
    expect(new Set(messages.map((one) => one.revision)).size).toBe(10)
  })

  it('knows who one can be and who sees which group', async () => {
    const { db } = ctx()
    await db.insertInto('teams').values({ name: '一组', region: null }).execute()
    const team = await db.selectFrom('teams').select('id').executeTakeFirstOrThrow()
    const people = [
      { key: 'rep', role: 'rep', team_id: team.id, active: 1 },
      { key: 'lead', role: 'lead', team_id: team.id, active: 1 },
      { key: 'other', role: 'rep', team_id: null, active: 1 },
      { key: 'admin', role: 'admin', team_id: null, active: 1 },
      { key: 'gone', role: 'rep', team_id: team.id, active: 0 },
    ] as const
    for (const { key, ...rest } of people) {
      const row = { source: 's', source_key: key, name: key, region: null, ...rest }
      const member = await db.insertInto('members').values(row).returning('id').executeTakeFirstOrThrow()
      const identity = { platform: 'playground', person: `p-${key}`, member_id: member.id, bound_at: 0 }
      await db.insertInto('identities').values(identity).execute()
    }
    const chats = [
      { platform: 'playground', chat: 'g-all', title: '公司', team_id: null },
      { platform: 'playground', chat: 'g-team', title: null, team_id: team.id },
      { platform: 'wecom', chat: 'w', title: '别处', team_id: null },
    ]
    await db.insertInto('chats').values(chats).execute()

    const known = await playgroundPeople(ctx())
    expect(known.map((one) => one.id).sort()).toEqual(['p-admin', 'p-lead', 'p-other', 'p-rep'])
    expect(known.find((one) => one.id === 'p-rep')).toMatchObject({ role: 'rep', team: '一组' })
    const [all, own] = await playgroundGroups(ctx())
    expect(all?.members).toHaveLength(4)
    expect(own).toMatchObject({ id: 'g-team', title: 'g-team' })
    expect([...(own?.members ?? [])].sort()).toEqual(['p-admin', 'p-lead', 'p-rep'])
  })
})
