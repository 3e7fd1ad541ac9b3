import { afterAll, beforeAll, expect, it } from 'vitest'
import { WRONG_ITEM } from '../../src/model/card.ts'
import { seedCompany, send } from '../support/talk.ts'
import { sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

let ctx: TestCtx & { close(): Promise<void> }
beforeAll(async () => {
  ctx = await sqliteCtx()
  await seedCompany(ctx)
})
afterAll(() => ctx.close())

const press = (id: string, payload: Record<string, string>) =>
  send(ctx, {
    id,
    at: 0,
    who: { platform: 'playground', id: 'wang', name: null },
    where: { kind: 'dm', id: 'wang' },
    kind: 'action',
    action: WRONG_ITEM,
    payload,
    update: null,
  })

it('a button for other items of the list says in one sentence which; the list stays as it was', async () => {
  const said = await press('a', { only: '华联超市、张三制造' })
  expect(said.text).toContain('这个按钮只能用于：华联超市、张三制造')
  expect(said.updates).toEqual([])
  expect((await press('b', {})).text).toContain('改选一项')
})
