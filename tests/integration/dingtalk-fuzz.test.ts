import { expect, it } from 'vitest'
import { z } from 'zod'
import { systemClock } from '../../src/clock.ts'
import { dingtalkCase } from '../support/dingtalk-app.ts'
import { eventually } from '../support/eventually.ts'
import { robotFrame } from '../support/fake-dingtalk/frames.ts'
import { TOPIC } from '../support/fake-dingtalk/gateway.ts'
import { fc } from '../support/fast-check.ts'

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

/** Nobody handles events, and many topics: such frames are answered too, as not taken. */
const WellFormed = z.object({
  type: z.literal(['CALLBACK', 'EVENT']),
  headers: z.object({
    topic: z.string().optional(),
    messageId: z.string().min(1),
    time: z.union([z.string(), z.number()]).optional(),
  }),
  data: z.string().optional(),
})

/** The id under which a frame must be answered; null: it is none, or it names no id. */
function idOf(raw: string | Buffer): string | null {
  try {
    return WellFormed.parse(JSON.parse(raw.toString())).headers.messageId
  } catch {
    return null
  }
}

const openSockets = (): number =>
  process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length

it(`${FRAMES} frames, most of them damaged: nothing breaks or leaks, and each well-formed one is answered once`, async () => {
  const warnings: string[] = []
  const warned = (warning: Error): void => void warnings.push(warning.name)
  process.on('warning', warned)
  const socketsBefore = openSockets()
  const { fake, app, close } = await dingtalkCase(systemClock)
  const { gateway, state, url } = fake
  gateway.tolerant = true
  const taken: string[] = []
  await app.start(async (event) => void taken.push(event.id))
  const odd = fc.sample(damaged, { numRuns: 20_000, seed: 5 })
  const expected = new Map<string, number>()
  let good = 0
  for (let sent = 0; sent < FRAMES; sent += BATCH) {
    const answers: Promise<{ code: number }>[] = []
    for (let n = sent; n < sent + BATCH; n++) {
      if (n % GOOD_EVERY > 0) {
        const raw = odd[n % odd.length] ?? ''
        gateway.pushRaw(raw)
        const id = idOf(raw)
        if (id !== null) expected.set(id, (expected.get(id) ?? 0) + 1)
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
  for (const [id, times] of expected) expect(gateway.strayAnswers.get(id), id).toBe(times)
  expect(gateway.accepted).toBe(1)
  expect(app.health().ok).toBe(true)
  await close()
  await eventually(() => expect(openSockets()).toBeLessThanOrEqual(socketsBefore))
  // Listeners that pile up would have been told.
  process.off('warning', warned)
  expect(warnings).toEqual([])
  const oddOnes = [...expected.values()].reduce((sum, times) => sum + times, 0)
  process.stdout.write(
    `${FRAMES} frames: ${good} messages and ${oddOnes} odd ones that are frames, each answered once\n`,
  )
})
