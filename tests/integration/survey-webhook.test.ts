import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type HttpService, startHttp } from '../../src/http/app.ts'
import { eventsLane } from '../../src/jobs/events-lane.ts'
import type { Card } from '../../src/model/card.ts'
import { addCustomer, addMember } from '../support/people.ts'
import { describeEachDatabase, type TestCtx } from '../support/test-ctx.ts'

const KEY = 'a-write-key-of-tests'
const ANSWER = { key: 'a1', customer: 'K1', at: '2026-11-23 08:50', kind: 'nps', score: 9 }

describeEachDatabase('POST /v1/surveys', (ctx) => {
  let http: HttpService
  let customerId = 0

  const withKey = (): TestCtx => {
    const { settings } = ctx()
    return { ...ctx(), settings: { ...settings, http: { ...settings.http, port: 0, writeKey: KEY } } }
  }

  async function post(body: unknown, user = KEY): Promise<{ status: number; json: Record<string, unknown> }> {
    const answer = await fetch(`${http.url}/v1/surveys`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${user}:`)}` },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    return { status: answer.status, json: await answer.json() }
  }

  const stored = () => ctx().db.selectFrom('surveys').selectAll().orderBy('id').execute()

  beforeAll(async () => {
    http = await startHttp(withKey(), [])
    const rep = await addMember(ctx(), { name: '王芳' })
    customerId = await addCustomer(ctx(), { name: '华联超市', source_key: 'K1', ownerId: rep.id })
  })
  afterAll(() => http.stop())
  beforeEach(async () => {
    for (const table of ['surveys', 'outbox', 'case_log', 'customer_plays'] as const)
      await ctx().db.deleteFrom(table).execute()
    await ctx().db.deleteFrom('cases').execute()
    await ctx().db.deleteFrom('events').execute()
  })

  it('takes one answer, or many; a second delivery changes nothing, a correction one', async () => {
    expect(await post(ANSWER)).toMatchObject({ status: 200, json: { read: 1, added: 1, rejected: 0 } })
    const many = { surveys: [ANSWER, { ...ANSWER, key: 'a2', kind: 'csat', score: '4', text: '还行' }] }
    expect(await post(many)).toMatchObject({ status: 200, json: { read: 2, added: 1, unchanged: 1 } })
    expect(await post({ ...ANSWER, score: 10 })).toMatchObject({ json: { added: 0, changed: 1 } })
    expect((await stored()).map(({ kind, score }) => [kind, Number(score)])).toEqual([
      ['nps', 10],
      ['csat', 4],
    ])
  })

  it('keeps and counts rows that make no sense, and takes the others', async () => {
    const rows = [
      { ...ANSWER, key: 'b1', score: 11 },
      { ...ANSWER, key: 'b2', kind: 'csat', score: 0 },
      { ...ANSWER, key: 'b3', customer: 'nobody' },
      { ...ANSWER, key: 'b4', at: 'yesterday' },
      { ...ANSWER, key: 'b5', at: '2027-01-01' },
      { ...ANSWER, key: 'b6', kind: 'stars' },
      { ...ANSWER, key: 'b7' },
    ]
    const { status, json } = await post({ surveys: rows })
    expect(status).toBe(200)
    expect(json).toMatchObject({ read: 7, added: 1, rejected: 6 })
    const rejects = json.rejects as { line: number; field: string }[]
    expect(rejects.map(({ line, field }) => [line, field]).sort()).toEqual([
      [1, 'score'],
      [2, 'score'],
      [3, 'customer'],
      [4, 'at'],
      [5, 'at'],
      [6, 'kind'],
    ])
    const kept = await ctx().db.selectFrom('import_rejects').select('field').execute()
    expect(kept.length).toBeGreaterThanOrEqual(6)
    expect(
      await ctx().db.selectFrom('customers').select('id').where('name', '=', 'nobody').execute(),
    ).toEqual([])
  })

  it.each([
    ['no JSON', '{', 'body is not JSON'],
    ['an empty body', '', 'body is not JSON'],
    ['a list', [ANSWER], 'body'],
    ['nothing in it', { surveys: [] }, 'surveys'],
    ['no key', { ...ANSWER, key: undefined }, 'key'],
    ['an empty customer', { ...ANSWER, customer: ' ' }, 'customer'],
    ['a field nobody knows', { ...ANSWER, phone: '13800138000' }, 'phone'],
    ['a score that is an object', { ...ANSWER, score: {} }, 'score'],
    ['too many', { surveys: Array.from({ length: 501 }, () => ANSWER) }, 'surveys'],
  ])('refuses %s with a sentence, and stores nothing', async (_, body, says) => {
    const { status, json } = await post(body)
    expect([status, json.error]).toEqual([400, 'bad-input'])
    expect(json.message).toContain(says)
    expect(await stored()).toEqual([])
  })

  it.each(['', 'wrong', `${KEY}x`, KEY.slice(0, -1)])(
    'refuses the key "%s" before anything is read',
    async (user) => {
      const { status, json } = await post('{', user)
      expect([status, json.error]).toEqual([401, 'not-allowed'])
      expect(JSON.stringify(json)).not.toContain(KEY)
    },
  )

  it('has no such address without a key', async () => {
    const bare = await startHttp(
      { ...ctx(), settings: { ...withKey().settings, http: { ...ctx().settings.http, port: 0 } } },
      [],
    )
    const answer = await fetch(`${bare.url}/v1/surveys`, { method: 'POST', body: '{}' })
    expect(answer.status).toBe(404)
    await bare.stop()
  })

  it('turns a low answer into a card for the owner the same minute, the words quoted, due like a complaint', async () => {
    await eventsLane.run(ctx(), 0, new AbortController().signal)
    await post({ ...ANSWER, key: 'c1', at: '2026-11-02', contact: '张伟' })
    await post({ ...ANSWER, key: 'c2', score: 3, contact: '张伟', text: '送货总是晚，没人回电话' })
    await post({ ...ANSWER, key: 'c2', score: 3, contact: '张伟', text: '送货总是晚，没人回电话' })
    expect(await eventsLane.run(ctx(), 0, new AbortController().signal)).toMatchObject({
      events: 1,
      cards: 1,
    })
    expect(await eventsLane.run(ctx(), 0, new AbortController().signal)).toMatchObject({ events: 0 })
    const [out] = await ctx().db.selectFrom('outbox').selectAll().execute()
    const card: Card = JSON.parse(out?.card_json ?? '')
    expect(card.title).toBe('华联超市 · NPS 评分')
    expect(JSON.stringify(card)).toContain('NPS 3分，上次9分；客户说“送货总是晚，没人回电话”')
    expect(out?.lane).toBe('urgent')
    const [opened] = await ctx().db.selectFrom('cases').selectAll().execute()
    expect(opened).toMatchObject({ lane: 'event', causes: 'nps', state: 'open' })
    expect(Number(opened?.customer_id)).toBe(customerId)
  })
})
