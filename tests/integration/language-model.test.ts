import { createServer } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLanguageModel } from '../../adapters/language-model/index.ts'
import { createLog } from '../../src/log.ts'
import type { LanguageModel } from '../../src/model/language-model.ts'
import { type Answer, answerOf, questionOf } from '../../src/retention/assist/question.ts'
import {
  API_KEY,
  type Behaviour,
  type FakeLanguageModel,
  MODEL,
  startFakeLanguageModel,
} from '../support/fake-language-model.ts'
import { frozenClock, MONDAY_9AM } from '../support/test-ctx.ts'

const ANSWER: Answer = { outcome: 'refused', reason: 'price', effective: true, sentiment: 'negative' }
const QUESTION = questionOf('客户说再想想')
const clock = frozenClock(MONDAY_9AM)
let fake: FakeLanguageModel
let model: LanguageModel

function modelAt(url: string, timeoutMs = 2_000): LanguageModel {
  return createLanguageModel({
    clock,
    log: createLog('silent'),
    url,
    model: MODEL,
    apiKey: API_KEY,
    timeoutMs,
  })
}

beforeEach(async () => {
  fake = await startFakeLanguageModel(ANSWER)
  model = modelAt(fake.url)
})
afterEach(async () => {
  expect(fake.malformed).toEqual([])
  await fake.stop()
})

describe('a language model in the OpenAI form', () => {
  it('is asked for the schema, and the note is material, not instruction', async () => {
    expect(answerOf(await model.ask(QUESTION))).toEqual(ANSWER)
    const [request] = fake.requests
    expect(request).toMatchObject({ format: 'json_schema', material: '{"note":"客户说再想想"}' })
    expect(request?.instruction).not.toContain('再想想')
  })

  it('that knows no schema is asked for JSON, and from then on only so', async () => {
    fake.plain = true
    expect(answerOf(await model.ask(QUESTION))).toEqual(ANSWER)
    await model.ask(QUESTION)
    expect(fake.requests.map(({ format }) => format)).toEqual(['json_schema', 'json_object', 'json_object'])
  })

  it.each([429, 500, 503])('busy with %i is asked once more', async (status) => {
    fake.next.push({ kind: 'status', status })
    expect(answerOf(await model.ask(QUESTION))).toEqual(ANSWER)
    fake.next.push({ kind: 'status', status }, { kind: 'status', status })
    await expect(model.ask(QUESTION)).rejects.toMatchObject({
      code: 'upstream',
      data: { reason: `HTTP status ${status}` },
    })
    expect(fake.requests).toHaveLength(4)
  })

  it.each<[string, Behaviour, number]>([
    ['a wrong key', { kind: 'status', status: 401 }, 1],
    ['an answer of megabytes', { kind: 'huge' }, 1],
    ['a connection that ends in the middle', { kind: 'cut' }, 1],
    ['an answer cut off for its length', { kind: 'content', text: '{"outcome"', finish: 'length' }, 1],
    ['a page of a proxy', { kind: 'body', text: '<html>' }, 1],
    ['no choice', { kind: 'body', text: '{"choices":[]}' }, 1],
  ])('%s is no answer, and not asked for again', async (_, behaviour, times) => {
    fake.next.push(behaviour)
    await expect(model.ask(QUESTION)).rejects.toMatchObject({ code: 'upstream' })
    expect(fake.requests).toHaveLength(times)
  })

  it('that is silent is given up in time, also over a repeat', async () => {
    fake.next.push({ kind: 'status', status: 503 }, { kind: 'never' })
    await expect(modelAt(fake.url, 250).ask(QUESTION)).rejects.toMatchObject({
      data: { reason: 'TimeoutError' },
    })
    expect(fake.requests).toHaveLength(2)
  })

  it('is left alone for five minutes after three failures in a row', async () => {
    const bad: Behaviour = { kind: 'status', status: 401 }
    fake.next.push(bad, bad, { kind: 'content', text: '{}' }, bad, bad, bad)
    for (let time = 0; time < 6; time++) {
      expect(model.resting).toBe(false)
      await model.ask(QUESTION).catch(() => null)
    }
    expect(model.resting).toBe(true)
    clock.advanceTo(clock.now() + 5 * 60_000)
    expect(model.resting).toBe(false)
  })

  it('never takes the note to another host', async () => {
    let asked = 0
    const other = createServer((_, response) => {
      asked++
      response.end('{}')
    })
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const address = other.address()
    const location = `http://localhost:${typeof address === 'object' ? address?.port : ''}/v1/chat/completions`
    fake.next.push({ kind: 'status', status: 307, location }, { kind: 'status', status: 307, location })
    await expect(model.ask(QUESTION)).rejects.toMatchObject({ code: 'upstream' })
    expect(asked).toBe(0)
    await new Promise((resolve) => other.close(resolve))
  })

  it('that is not there fails without the address or the key in the error', async () => {
    await fake.stop()
    const error: unknown = await model.ask(QUESTION).catch((thrown: unknown) => thrown)
    expect(String(error)).toBe('AppError: the language model did not answer: no connection')
    expect(JSON.stringify(error)).not.toContain(API_KEY)
    fake = await startFakeLanguageModel(ANSWER)
  })
})
