import { afterEach, beforeEach, expect, it } from 'vitest'
import { createContacts } from '../../adapters/dingtalk/contacts.ts'
import { readDirectory } from '../../adapters/dingtalk/sources.ts'
import { dingtalkApiOf } from '../support/dingtalk-api.ts'
import { APP, type FakeDingtalk, startFakeDingtalk } from '../support/fake-dingtalk/index.ts'
import { frozenClock, MONDAY_9AM } from '../support/test-ctx.ts'

const clock = frozenClock(MONDAY_9AM)
let fake: FakeDingtalk

beforeEach(async () => {
  const many = Array.from({ length: 230 }, (_, n) => ({ userId: `u${n}`, name: `人${n}`, departments: [2] }))
  fake = await startFakeDingtalk(clock, {
    ...APP,
    departments: [{ id: 2, name: '销售部', above: 1 }],
    staff: [...APP.staff, ...many],
  })
})
afterEach(async () => {
  await fake.close()
  fake.verify()
})

function read(signal = new AbortController().signal) {
  const api = dingtalkApiOf(fake, clock, () => expect.unreachable('contacts are not counted'))
  return readDirectory({ contacts: createContacts(api), clock, departments: [1] }, signal)
}

const legacy = (body: object) => ({ status: 200, body })
const page = (result: object) => legacy({ errcode: 0, errmsg: 'ok', result })

it('reads 230 people in pages of 100', async () => {
  const people = await read()
  expect(people).toHaveLength(232)
  expect(people.at(-1)).toEqual({
    user: 'u229',
    name: '人229',
    department: '销售部',
    leads: false,
    employed: true,
  })
})

it.each([
  ['a department outside the range', legacy({ errcode: 88, sub_code: '50004' }), 1],
  ['a further page without its cursor', page({ has_more: true, list: [] }), 3],
  ['a page that repeats itself', page({ has_more: true, next_cursor: 0, list: [] }), 3],
  ['a person without an id', page({ has_more: false, list: [{ name: '无名' }] }), 3],
  ['an answer without a result', legacy({ errcode: 0, errmsg: 'ok' }), 3],
  ['a page of a proxy', { status: 200, body: '<html>' }, 3],
])('%s is no address book', async (_what, answer, tries) => {
  fake.inject({ api: 'user/list', times: tries, answer })
  await expect(read()).rejects.toThrow('DingTalk')
})

it('goes on where DingTalk was busy for a moment, as long as each call takes three tries', async () => {
  fake.inject({ api: 'user/list', times: 1, answer: legacy({ errcode: 88, sub_code: '90018' }) })
  fake.inject({ api: 'user/list', times: 1, cut: 'before' })
  fake.inject({ api: 'department/listsub', times: 2, answer: legacy({ errcode: -1 }) })
  expect(await read()).toHaveLength(232)
})

it('renews a token that ends while it reads', async () => {
  fake.inject({ api: 'department/listsub', answer: legacy({ errcode: 88, sub_code: '40014' }) })
  expect(await read()).toHaveLength(232)
})

it('ends when it is told to', async () => {
  const stop = new AbortController()
  stop.abort()
  await expect(read(stop.signal)).rejects.toThrow('aborted')
})
