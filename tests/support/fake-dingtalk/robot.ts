import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { Call, Violate } from './openapi.ts'
import { Markdown, WEBHOOK_MAX_BYTES } from './schema.ts'
import type { FakeState } from './state.ts'

/** A group robot as its group's settings have it: each security setting is checked where it is there. */
export interface FakeRobot {
  readonly accessToken: string
  readonly secret?: string
  readonly keyword?: string
}

const At = z.strictObject({ atUserIds: z.array(z.string().min(1)).max(50), isAtAll: z.boolean() }).optional()
const Body = z.discriminatedUnion('msgtype', [
  z.strictObject({ msgtype: z.literal('markdown'), markdown: Markdown, at: At, msgUuid: z.string().min(1) }),
  z.strictObject({
    msgtype: z.literal('actionCard'),
    actionCard: z.strictObject({
      ...Markdown.shape,
      singleTitle: z.string().min(1),
      singleURL: z.url({ protocol: /^https$/ }),
    }),
    msgUuid: z.string().min(1),
  }),
])
type Body = z.infer<typeof Body>

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const PER_MINUTE = 20

/** `POST /robot/send`: the code is in the body, under HTTP 200. A known `msgUuid` is shown once. */
export function robotSend(state: FakeState, { query, body }: Call, violate: Violate): object {
  const robot = state.robots.get(query.get('access_token') ?? '')
  if (!robot) return { errcode: 400_101, errmsg: 'access_token not exist' }
  if (body.length >= WEBHOOK_MAX_BYTES) return { errcode: 460_101, errmsg: 'message too long' }
  const parsed = Body.safeParse(JSON.parse(body.toString('utf8')))
  if (!parsed.success) {
    violate(`robot/send: ${z.prettifyError(parsed.error)}`)
    return { errcode: 40_035, errmsg: 'parameter' }
  }
  return (
    throttled(state, robot.accessToken, violate) ??
    insecure(state, robot, query, parsed.data) ??
    show(state, robot.accessToken, parsed.data, violate)
  )
}

function throttled({ clock, shown }: FakeState, token: string, violate: Violate): object | null {
  const now = clock.now()
  const recent = shown.filter(({ to, at }) => to === `robot:${token}` && now - at < MINUTE_MS)
  if (recent.length < PER_MINUTE) return null
  violate('robot/send: more than 20 a minute')
  return { errcode: 410_100, errmsg: 'send too fast' }
}

function insecure(state: FakeState, robot: FakeRobot, query: URLSearchParams, body: Body): object | null {
  const refused = (errmsg: string): object => ({ errcode: 310_000, errmsg })
  if (robot.keyword && !textOf(body).includes(robot.keyword)) return refused('keywords not in content')
  if (!robot.secret) return null
  const timestamp = query.get('timestamp') ?? ''
  if (Math.abs(Number(timestamp) - state.clock.now()) > HOUR_MS) return refused('invalid timestamp')
  const sign = createHmac('sha256', robot.secret).update(`${timestamp}\n${robot.secret}`).digest('base64')
  return query.get('sign') === sign ? null : refused('sign not match')
}

function show(state: FakeState, token: string, body: Body, violate: Violate): object {
  if (!state.uuids.has(`${token} ${body.msgUuid}`)) {
    state.show({ to: `robot:${token}`, form: 'message', text: textOf(body) })
    state.uuids.add(`${token} ${body.msgUuid}`)
  }
  if (body.msgtype === 'markdown') {
    const { atUserIds = [], isAtAll = false } = body.at ?? {}
    const named = [...atUserIds, ...(isAtAll ? ['all'] : [])]
    for (const user of named)
      if (!textOf(body).includes(`@${user}`)) violate(`robot/send: @${user} is not in the text`)
  }
  return { errcode: 0, errmsg: 'ok' }
}

function textOf(body: Body): string {
  const { title, text } = body.msgtype === 'markdown' ? body.markdown : body.actionCard
  return `${title}\n${text}`
}
