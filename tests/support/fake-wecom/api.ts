import { z } from 'zod'
import { CONTACT_HANDLERS } from './contact.ts'
import { ReplyBody } from './robot-schema.ts'
import { SendBody, UpdateBody } from './schema.ts'
import { cardOf, type FakeMessage, type FakeState } from './state.ts'
import { RobotBody, robotSend } from './webhook.ts'

export interface ApiRequest {
  readonly api: string
  readonly method: string
  readonly query: URLSearchParams
  readonly contentType: string
  readonly body: Buffer
}

export type Answer = { errcode: number; errmsg?: string } & Record<string, unknown>

/** Something a client of ours must never send: it fails the test, whatever the answer was. */
export type Violate = (what: string) => void

export type Handler = (state: FakeState, request: ApiRequest, violate: Violate) => Answer | Promise<Answer>

const DAY_MS = 86_400_000

/** Answers one call as the documentation says. */
export async function answer(state: FakeState, request: ApiRequest, violate: Violate): Promise<Answer> {
  const route = `${request.method} ${request.api}`
  if (route === 'GET gettoken') return gettoken(state, request)
  if (route === 'POST aibot/response') return robotReply(state, request, violate)
  if (route === 'POST webhook/send') return webhook(state, request, violate)
  const handler = HANDLERS[route]
  if (!handler) {
    violate(`unknown call ${route}`)
    return { errcode: 40058 }
  }
  const tokenCode = state.tokenCode(request.query.get('access_token'))
  return tokenCode === 0 ? handler(state, request, violate) : { errcode: tokenCode, errmsg: 'token' }
}

function gettoken(state: FakeState, { query }: ApiRequest): Answer {
  if (query.get('corpid') !== state.corp.corpId) return { errcode: 40013 }
  if (query.get('corpsecret') !== state.corp.secret) return { errcode: 40001 }
  return { errcode: 0, errmsg: 'ok', ...state.issueToken() }
}

/** Once, within an hour; what happens else is not documented. */
function robotReply(state: FakeState, request: ApiRequest, violate: Violate): Answer {
  const body = parsed(ReplyBody, request, violate)
  const reply = state.replies.get(request.query.get('response_code') ?? '')
  if (!body || !reply || reply.body !== null || state.clock.now() - reply.at >= 3_600_000) {
    if (!reply?.body) violate('response_url: too old or unknown')
    return { errcode: 40058 }
  }
  reply.body = body
  return { errcode: 0, errmsg: 'ok' }
}

function webhook(state: FakeState, request: ApiRequest, violate: Violate): Answer {
  const body = parsed(RobotBody, request, violate)
  return body ? robotSend(state, request.query, body, violate) : { errcode: 40058 }
}

const HANDLERS: Record<string, Handler> = {
  'POST message/send': (state, request, violate) => {
    const body = parsed(SendBody, request, violate)
    return body ? send(state, body, violate) : { errcode: 40058 }
  },
  'POST message/update_template_card': (state, request, violate) => {
    const body = parsed(UpdateBody, request, violate)
    return body ? update(state, body, violate) : { errcode: 40058 }
  },
  'POST media/upload': upload,
  'GET department/list': (state) => {
    const ids = [...new Set(state.corp.members.flatMap((one) => one.department))].sort()
    const name = (id: number): string => state.corp.departments?.[id] ?? `部门${id}`
    return {
      errcode: 0,
      department: ids.map((id) => ({ id, name: name(id), parentid: id === 1 ? 0 : 1, order: id })),
    }
  },
  'GET user/list': (state, { query }) => {
    const department = Number(query.get('department_id'))
    const members = state.corp.members.filter((one) => one.department.includes(department))
    return {
      errcode: 0,
      userlist: members.map(({ leader = false, status = 1, ...one }) => ({
        ...one,
        is_leader_in_dept: one.department.map(() => Number(leader)),
        status,
      })),
    }
  },
  'GET auth/getuserinfo': (state, { query }) => {
    const who = state.takeLogin(query.get('code') ?? '')
    return who === null ? { errcode: 40029, errmsg: 'invalid code' } : { errcode: 0, errmsg: 'ok', ...who }
  },
  ...CONTACT_HANDLERS,
}

/** The body by its schema; a client of ours that breaks it fails the test. */
export function parsed<T>(
  schema: z.ZodType<T>,
  { body, api, contentType }: ApiRequest,
  violate: Violate,
): T | null {
  const text = body.toString('utf8')
  if (!/^application\/json\b/.test(contentType)) violate(`${api}: content type ${contentType}`)
  if (/\\u[0-9a-f]{4}/i.test(text)) violate(`${api}: \\u escapes (40033)`)
  const result = schema.safeParse(JSON.parse(text))
  if (result.success) return result.data
  violate(`${api}: ${z.prettifyError(result.error)}`)
  return null
}

function send(state: FakeState, body: SendBody, violate: Violate): Answer {
  if (body.agentid !== state.corp.agentId) return { errcode: 301002 }
  const users = body.touser.split('|')
  const invalid = users.filter((user) => !state.isMember(user))
  if (invalid.length === users.length) return { errcode: 81013 }
  if (body.msgtype === 'image' && !isGoodMedia(state, body.image.media_id)) return { errcode: 40007 }
  const outcome = { errcode: 0, errmsg: 'ok', invaliduser: invalid.join('|').toLowerCase() }
  // Nothing is delivered, and the answer names no message that could be changed.
  if (state.isDuplicate(body)) return { ...outcome, msgid: state.next('MSG') }
  const card = body.msgtype === 'template_card' ? body.template_card : null
  if (card?.task_id !== undefined) {
    if (state.tasks.has(card.task_id)) violate(`message/send: task_id ${card.task_id} a second time`)
    state.tasks.add(card.task_id)
  }
  let message: FakeMessage | null = null
  for (const user of users.filter((one) => state.isMember(one))) message = state.deliver(user, body)
  const code = message && card?.card_type === 'button_interaction' ? state.newCode(message) : null
  return { ...outcome, msgid: message?.id ?? '', ...(code && { response_code: code }) }
}

function isGoodMedia(state: FakeState, id: string): boolean {
  const at = state.media.get(id)
  return at !== undefined && state.clock.now() - at < 3 * DAY_MS
}

/** The code of a used or unknown response code is not documented: ours stands in no table. */
const CODE_GONE = 42099

function update(state: FakeState, body: z.infer<typeof UpdateBody>, violate: Violate): Answer {
  if (body.agentid !== state.corp.agentId) return { errcode: 42015 }
  const code = state.codes.get(body.response_code)
  if (!code || code.used || state.clock.now() - code.at > 3 * DAY_MS) return { errcode: CODE_GONE }
  const users = body.userids.filter((user) => user.toLowerCase() === code.message.user.toLowerCase())
  if (users.length === 0) violate('message/update_template_card: the card was sent to somebody else')
  cardOf(code.message)
  code.used = true
  if (code.message.body.msgtype === 'template_card') {
    code.message.body = { ...code.message.body, template_card: body.template_card }
  }
  return { errcode: 0, errmsg: 'ok', invaliduser: [] }
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

async function upload(state: FakeState, request: ApiRequest, violate: Violate): Promise<Answer> {
  if (request.query.get('type') !== 'image') violate('media/upload: type')
  const headers = { 'content-type': request.contentType }
  const form = await new Response(new Uint8Array(request.body), { headers }).formData()
  const parts = [...form]
  const file = form.get('media')
  if (parts.length !== 1 || !(file instanceof File) || file.name === '') {
    violate('media/upload: expected one file named media')
    return { errcode: 40058 }
  }
  const bytes = Buffer.from(await file.arrayBuffer())
  if (!bytes.subarray(0, PNG.length).equals(PNG)) return { errcode: 40009 }
  if (bytes.length > 2 * 1024 * 1024) violate('media/upload: more than 2 MB')
  const id = state.next('MEDIA')
  state.media.set(id, state.clock.now())
  return { errcode: 0, errmsg: '', type: 'image', media_id: id, created_at: '1380000000' }
}
