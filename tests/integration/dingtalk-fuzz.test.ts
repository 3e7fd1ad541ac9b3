import fc from 'fast-check'
import { expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { dingtalkCase } from '../support/dingtalk-app.ts'
import { robotFrame } from '../support/fake-dingtalk/frames.ts'
import { TOPIC } from '../support/fake-dingtalk/gateway.ts'

const FRAMES = 100_000
const GOOD_EVERY = 5
const BATCH = 1_000

/** A damaged frame: fields of the wrong kind, cut or changed text, or nothing of a frame at all. */
const damaged: fc.Arbitrary<string | Buffer> = fc.oneof(
  fc.json(),
  fc.string(),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
  fc
    .record(
      {
        specVersion: fc.oneof(fc.constant('1.0'), fc.jsonValue()),
        type: fc.oneof(fc.constantFrom('SYSTEM', 'EVENT', 'CALLBACK'), fc.jsonValue()),
        headers: fc.oneof(
          fc.record(
            {
              topic: fc.oneof(fc.constantFrom(TOPIC.robot, TOPIC.card, 'ping', '*'), fc.jsonValue()),
              messageId: fc.oneof(fc.string(), fc.jsonValue()),
              time: fc.oneof(fc.nat(), fc.string()),
            },
            { requiredKeys: [] },
          ),
          fc.jsonValue(),
        ),
        data: fc.oneof(fc.json(), fc.string(), fc.jsonValue()),
      },
      { requiredKeys: [] },
    )
    .map((frame) => JSON.stringify(frame)),
)

it(`${FRAMES} frames, most of them damaged: nothing breaks, and each good one is taken and answered once`, async () => {
  const { fake, app, close } = await dingtalkCase(systemClock)
  const { gateway, state, url } = fake
  gateway.tolerant = true
  const taken: string[] = []
  await app.start(async (event) => void taken.push(event.id))
  const odd = fc.sample(damaged, { numRuns: 20_000, seed: 5 })
  let good = 0
  for (let sent = 0; sent < FRAMES; sent += BATCH) {
    const answers: Promise<{ code: number }>[] = []
    for (let n = sent; n < sent + BATCH; n++) {
      if (n % GOOD_EVERY > 0) {
        gateway.pushRaw(odd[n % odd.length] ?? '')
        continue
      }
      good++
      const frame = robotFrame(state, { user: 'manager1234', text: '我的', id: `good-${n}` }, url)
      answers.push(gateway.push({ ...frame, messageId: `frame-${n}` }))
    }
    for (const { code } of await Promise.all(answers)) expect(code).toBe(200)
  }
  expect(good).toBe(FRAMES / GOOD_EVERY)
  expect(new Set(taken).size).toBe(good)
  expect(taken.length).toBe(good)
  const ours = [...gateway.answers].filter(([id]) => id.startsWith('frame-'))
  expect(ours.length).toBe(good)
  expect(ours.every(([, times]) => times === 1)).toBe(true)
  expect(gateway.accepted).toBe(1)
  expect(app.health().ok).toBe(true)
  await close()
}, 120_000)
