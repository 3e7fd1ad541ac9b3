import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Answer, Violate } from './api.ts'
import type { FakeState } from './state.ts'

const bytes = (max: number) =>
  z.string().refine((text) => Buffer.byteLength(text) <= max, `at most ${max} bytes of UTF-8`)

/** What the documentation allows a group robot to send. */
export const RobotBody = z.discriminatedUnion('msgtype', [
  z.strictObject({
    msgtype: z.literal('markdown'),
    markdown: z.strictObject({ content: bytes(4096).min(1) }),
  }),
  z.strictObject({
    msgtype: z.literal('text'),
    text: z.strictObject({
      content: bytes(2048).min(1),
      mentioned_list: z.array(z.string().min(1)).min(1).optional(),
    }),
  }),
  z.strictObject({
    msgtype: z.literal('image'),
    image: z.strictObject({ base64: z.base64(), md5: z.string().regex(/^[0-9a-f]{32}$/) }),
  }),
])
export type RobotBody = z.infer<typeof RobotBody>

const MAX_IMAGE = 2 * 1024 * 1024
const PER_MINUTE = 20

/** `POST webhook/send?key=`: no token; an unknown key is a robot that was removed. */
export function robotSend(
  state: FakeState,
  query: URLSearchParams,
  body: RobotBody,
  violate: Violate,
): Answer {
  const key = query.get('key') ?? ''
  if (query.has('access_token')) violate('webhook/send: a token')
  if (!(state.corp.robots ?? []).includes(key)) return { errcode: 93000, errmsg: 'invalid webhook url' }
  const now = state.clock.now()
  const recent = state.groupMessages.filter((one) => one.key === key && now - one.at < 60_000)
  if (recent.length >= PER_MINUTE) {
    violate('webhook/send: more than 20 a minute')
    return { errcode: 45009 }
  }
  if (body.msgtype === 'image') {
    const raw = Buffer.from(body.image.base64, 'base64')
    if (raw.length > MAX_IMAGE) return { errcode: 93018 }
    if (createHash('md5').update(raw).digest('hex') !== body.image.md5) violate('webhook/send: md5')
  }
  state.groupMessages.push({ key, at: now, body })
  return { errcode: 0, errmsg: 'ok' }
}

/** What the group reads. */
export function robotText(body: RobotBody): string {
  if (body.msgtype === 'markdown') return body.markdown.content
  return body.msgtype === 'text' ? body.text.content : '[image]'
}
