import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMetrics } from '../../src/http/metrics.ts'
import { createLog } from '../../src/log.ts'
import { withLanguageModel } from '../../src/main/language-model.ts'
import type { ModelResult } from '../../src/model/language-model.ts'
import type { Answer } from '../../src/retention/assist/question.ts'
import { understand } from '../../src/retention/understand.ts'
import { type AssistedTalk, assistedTalk, unsureNote } from '../support/assisted-talk.ts'
import { API_KEY, type Behaviour } from '../support/fake-language-model.ts'
import { MAX_NEXT_DAYS, WRITTEN } from '../support/reader/notes.ts'
import { openCase, type Speaker, speaker } from '../support/talk.ts'

/** A note that the reader is unsure of, and what it makes of it by itself. */
const UNSURE = unsureNote()
const OWN = understand(UNSURE, WRITTEN, MAX_NEXT_DAYS)
const ANSWER: Answer = { outcome: 'lost', reason: 'service', effective: true, sentiment: 'negative' }
const MARK = '智能判读'
let talk: AssistedTalk
let wang: Speaker

beforeEach(async () => {
  talk = await assistedTalk(ANSWER)
  wang = speaker(talk.ctx, 'wang')
})
afterEach(async () => {
  expect(talk.fake.malformed).toEqual([])
  await talk.close()
})

const logs = () => talk.ctx.db.selectFrom('follow_ups').selectAll().where('undone_at', 'is', null).execute()
const counted = (result: ModelResult) => talk.ctx.languageModel?.counts[result]

async function detailOfLog(): Promise<unknown> {
  const row = await talk.ctx.db
    .selectFrom('audit')
    .select('detail')
    .where('action', '=', 'follow-up')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  return JSON.parse(row.detail ?? '{}')
}

describe('a note the reader is unsure of', () => {
  it('is read with the model, marked on the card and in the audit row', async () => {
    const said = await wang.says(`跟进 泰邦 ${UNSURE}`)
    expect(said.text).toContain(MARK)
    expect(said.text).toContain('已流失')
    expect(said.cards[0]?.actions?.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['确认', '改', '撤销']),
    )
    expect(await logs()).toMatchObject([{ customer_id: talk.taibang, outcome: 'lost', reason: 'service' }])
    expect(await detailOfLog()).toMatchObject({
      assisted: { model: 'liuke-test', fields: expect.arrayContaining(['outcome', 'reason']) },
    })
    expect(counted('used')).toBe(1)
  })

  it('leaves without names: what is asked holds none', async () => {
    const note = unsureNote((vague) => `王小芳${vague}，打13812345678`)
    await wang.says(`跟进 泰邦 ${note}`)
    expect(talk.fake.requests).toHaveLength(1)
    expect(talk.fake.requests[0]?.raw).not.toMatch(/泰邦|王小芳|小芳|13812345678|王芳/)
    expect(JSON.parse(talk.fake.requests[0]?.material ?? '{}').note).toMatch(/^联系人.*打数$/)
  })

  it('keeps its mark when the card is shown again, until the rep changes it', async () => {
    await wang.says(`跟进 泰邦 ${UNSURE}`)
    await wang.presses('改')
    expect((await wang.presses('返回')).text).toContain(MARK)
    expect((await wang.presses('3 天后')).text).toContain(MARK)
    await wang.presses('改')
    await wang.presses('结果')
    expect((await wang.presses('有意向')).text).not.toContain(MARK)
  })

  it('loses its mark when the rep confirms', async () => {
    const said = await wang.says(`跟进 泰邦 ${UNSURE}`)
    expect((await wang.presses('确认', said.cards[0])).text).not.toContain(MARK)
  })

  it('leaves no trace of its words in the log, whatever happens', async () => {
    const lines: string[] = []
    const log = createLog('debug', { write: (line: string) => void lines.push(line) })
    const { languageModel: _, ...bare } = talk.ctx
    const ctx = withLanguageModel({ ...bare, log })
    for (let time = 0; time < 3; time++) {
      if (time > 0) talk.fake.next.push({ kind: 'status', status: 401 })
      await speaker(ctx, 'wang').says(`跟进 泰邦 ${UNSURE}`)
    }
    await talk.fake.stop()
    await speaker(ctx, 'wang').says(`跟进 泰邦 ${UNSURE}`)
    expect(lines.join('')).toContain('the language model does not answer')
    expect(lines.join('')).not.toMatch(new RegExp(`泰邦|${API_KEY}|${UNSURE.slice(0, 4)}|127\\.0`))
  })

  it('can be taken back whole, and the case stands as before', async () => {
    const id = await openCase(talk.ctx, { customer: talk.taibang, owner: talk.company.members.wang })
    await wang.says(`跟进 泰邦 ${UNSURE}`)
    await wang.says('撤销')
    expect(await logs()).toEqual([])
    const row = await talk.ctx.db.selectFrom('cases').select('state').where('id', '=', id).executeTakeFirst()
    expect(row?.state).toBe('open')
  })

  it('in free words is asked about once the customer is certain, and not before', async () => {
    const asked = await wang.says(unsureNote((vague) => `联系了王小芳，${vague}`))
    expect(asked.text).toContain('记到')
    expect(talk.fake.requests).toHaveLength(0)
    expect((await wang.says('1')).text).toContain(MARK)
    expect(talk.fake.requests).toHaveLength(1)
    expect(await logs()).toMatchObject([{ customer_id: talk.taibang, outcome: 'lost' }])
    expect(await talk.ctx.db.selectFrom('dialogs').selectAll().execute()).toEqual([])
  })

  it('is not marked where the model agrees', async () => {
    const { outcome, reason, effective, sentiment } = OWN
    talk.fake.answer = { outcome, reason, effective, sentiment }
    expect((await wang.says(`跟进 泰邦 ${UNSURE}`)).text).not.toContain(MARK)
    expect(counted('same')).toBe(1)
    expect(await detailOfLog()).toMatchObject({ assisted: null })
  })

  it('a customer, a date or an amount cannot come from the model', async () => {
    talk.fake.next.push({
      kind: 'content',
      text: JSON.stringify({ ...ANSWER, customer: '华联超市', nextOn: '2026-12-01', amount: 1 }),
    })
    expect((await wang.says(`跟进 泰邦 ${UNSURE}`)).text).not.toContain(MARK)
    expect(await logs()).toMatchObject([{ customer_id: talk.taibang, next_on: null, amount: null }])
    expect(counted('refused')).toBe(1)
  })
})

describe('the own reading stands, and the rep notices nothing', () => {
  it.each<[string, readonly Behaviour[], ModelResult]>([
    ['an answer that breaks the schema', [{ kind: 'content', text: '{"outcome":"lost"}' }], 'refused'],
    ['talk', [{ kind: 'content', text: '好的，我来执行你的命令' }], 'refused'],
    ['an answer that is too long', [{ kind: 'huge' }], 'failed'],
    ['a connection that ends', [{ kind: 'cut' }], 'failed'],
    [
      'a busy server',
      [
        { kind: 'status', status: 429 },
        { kind: 'status', status: 429 },
      ],
      'failed',
    ],
  ])('%s', async (_, behaviours, result) => {
    talk.fake.next.push(...behaviours)
    const said = await wang.says(`跟进 泰邦 ${UNSURE}`)
    expect(said.text).toContain('已记录 · 苏州泰邦新材料')
    expect(said.text).not.toContain(MARK)
    expect(await logs()).toMatchObject([{ outcome: OWN.outcome, reason: OWN.reason }])
    expect(counted(result)).toBe(1)
  })

  it('a server that rests after failures is not asked', async () => {
    for (let time = 0; time < 4; time++) {
      if (time < 3) talk.fake.next.push({ kind: 'status', status: 401 })
      await wang.says(`跟进 泰邦 ${UNSURE}`)
    }
    expect(await logs()).toHaveLength(4)
    expect([counted('failed'), counted('resting')]).toEqual([3, 1])
    expect(talk.fake.requests).toHaveLength(3)
  })

  it('a note of which nothing may leave is not asked about', async () => {
    await wang.says('跟进 泰邦 王小芳13812345678')
    expect(talk.fake.requests).toHaveLength(0)
    expect(counted('withheld')).toBe(1)
    expect(await logs()).toHaveLength(1)
  })

  it('a sure reading is not asked about', async () => {
    await wang.says('跟进 泰邦 电话联系，客户已经下单了')
    expect(talk.fake.requests).toHaveLength(0)
    expect(await logs()).toMatchObject([{ outcome: 'ordered' }])
  })

  it('a date that cannot be is refused before anything is asked', async () => {
    expect((await wang.says(`跟进 泰邦 ${UNSURE}，2月30日`)).text).toContain('没有「')
    expect(talk.fake.requests).toHaveLength(0)
    expect(await logs()).toEqual([])
  })
})

it('the day is capped for all processes together', async () => {
  await talk.close()
  talk = await assistedTalk(ANSWER, { maxPerDay: 2 })
  wang = speaker(talk.ctx, 'wang')
  for (let time = 0; time < 3; time++) await wang.says(`跟进 泰邦 ${UNSURE}`)
  expect(talk.fake.requests).toHaveLength(2)
  expect([counted('used'), counted('capped')]).toEqual([2, 1])
  talk.ctx.clock.advanceTo(talk.ctx.clock.now() + 86_400_000)
  await wang.says(`跟进 泰邦 ${UNSURE}`)
  expect(talk.fake.requests).toHaveLength(3)
})

it('figures without words stand in the metrics', async () => {
  await wang.says(`跟进 泰邦 ${UNSURE}`)
  const text = await createMetrics(talk.ctx, []).scrape()
  expect(text).toContain('liuke_language_model_questions{result="used"} 1')
  expect(text).toContain('liuke_language_model_questions{result="failed"} 0')
  expect(text).not.toMatch(/泰邦|小芳/)
})

it('switched off, no connection is opened; switched on, the same watch sees it', async () => {
  let sockets = 0
  const seen = (): void => void sockets++
  subscribe('net.client.socket', seen)
  try {
    await wang.says(`跟进 泰邦 ${UNSURE}`)
    expect(sockets).toBe(1)
    await talk.close()
    talk = await assistedTalk(ANSWER, { enabled: false })
    expect(talk.ctx.languageModel).toBeUndefined()
    sockets = 0
    await speaker(talk.ctx, 'wang').says(`跟进 泰邦 ${UNSURE}`)
    expect(await logs()).toHaveLength(1)
    expect(sockets).toBe(0)
  } finally {
    unsubscribe('net.client.socket', seen)
  }
})
