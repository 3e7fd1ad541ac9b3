import { z } from 'zod'
import { me, userToken } from './login.ts'
import {
  CreateBody,
  CrmBody,
  messageOf,
  RecallGroupBody,
  RecallOneBody,
  SendGroupBody,
  SendOneBody,
  TokenBody,
  UpdateBody,
} from './schema.ts'
import type { FakeState } from './state.ts'

export interface Call {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: Buffer
}

export interface Answer {
  readonly status: number
  readonly body: object | string
}

/** Something a client of ours must never send: it fails the test, whatever the answer was. */
export type Violate = (what: string) => void

export const ok = (body: object): Answer => ({ status: 200, body })
export const refused = (status: number, code: string): Answer => ({
  status,
  body: { code, message: `injected or refused: ${code}`, requestid: 'R-1' },
})

type Handler = (state: FakeState, call: Call, violate: Violate) => Answer

/** Answers one call of `api.dingtalk.com` as the documentation says; null: no such call. */
export function answerOpenApi(state: FakeState, call: Call, violate: Violate): Answer | null {
  const route = `${call.method} ${call.path}`
  if (route === 'POST /v1.0/oauth2/accessToken') return accessToken(state, call, violate)
  if (route === 'POST /v1.0/oauth2/userAccessToken') return userToken(state, call, violate)
  if (route === 'GET /v1.0/contact/users/me') return me(state, call)
  const handler = HANDLERS[route]
  if (!handler) return null
  const token = call.headers['x-acs-dingtalk-access-token']
  if (typeof token !== 'string') return refused(400, 'AuthenticationFailed.MissingParameter')
  if (!state.isGoodToken(token)) return refused(400, 'InvalidAuthentication')
  if (!state.withinRate(call.path)) return refused(403, 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi')
  const scope = scopeOf(call.path)
  if (state.lacking.has(scope)) return denied(scope)
  state.counted++
  return handler(state, call, violate)
}

function scopeOf(path: string): string {
  if (path.startsWith('/v1.0/crm/')) return 'qyapi_crm_maindata_read'
  return path.startsWith('/v1.0/card/') ? 'Card.Instance.Write' : 'qyapi_robot_sendmsg'
}

function denied(scope: string): Answer {
  const { status, body } = refused(403, 'Forbidden.AccessDenied.AccessTokenPermissionDenied')
  return { status, body: { ...Object(body), accessdenieddetail: { requiredScopes: [scope] } } }
}

function accessToken(state: FakeState, call: Call, violate: Violate): Answer {
  const body = parsed(TokenBody, call, violate)
  const { clientId, clientSecret } = state.app
  if (body?.appKey !== clientId || body.appSecret !== clientSecret) {
    return refused(400, 'invalidClientIdOrSecret')
  }
  return ok(state.issueToken())
}

const HANDLERS: Record<string, Handler> = {
  'POST /v1.0/robot/oToMessages/batchSend': sendOne,
  'POST /v1.0/robot/groupMessages/send': sendGroup,
  'POST /v1.0/robot/otoMessages/batchRecall': (state, call, violate) => {
    const body = parsed(RecallOneBody, call, violate)
    if (body?.robotCode !== state.app.robotCode) return refused(400, 'invalidParameter.robotCode.notExsit')
    return recall(state, body.processQueryKeys)
  },
  'POST /v1.0/robot/groupMessages/recall': (state, call, violate) =>
    recall(state, parsed(RecallGroupBody, call, violate)?.processQueryKeys ?? []),
  'POST /v1.0/card/instances/createAndDeliver': createCard,
  'PUT /v1.0/card/instances': updateCard,
  'POST /v1.0/crm/customerInstances': (state, call, violate) => {
    const body = parsed(CrmBody, call, violate)
    if (!body) return refused(400, 'data.format.error')
    if (!state.withinRate('crm', 1)) return refused(400, 'request.too.frequent')
    const { crm } = state.app
    if (!crm) return refused(400, 'crm.not.installed')
    if (crm.operator !== body.operatorUserId) return refused(400, 'systemError.notPermittedAccess')
    const from = body.nextToken === undefined ? 0 : Number(body.nextToken.replace('next-', ''))
    const to = from + body.maxResults
    const nextToken = to < crm.records.length ? `next-${to}` : null
    return ok({ result: { maxResults: body.maxResults, nextToken, values: crm.records.slice(from, to) } })
  },
}

function sendOne(state: FakeState, call: Call, violate: Violate): Answer {
  const body = parsed(SendOneBody, call, violate)
  const text = body && textIn(body, violate)
  if (!body || text === null) return refused(400, 'invalidParameter.param.invalid')
  if (body.robotCode !== state.app.robotCode) return refused(400, 'invalidParameter.robotCode.notExsit')
  const known = body.userIds.filter((user) => state.isStaff(user))
  for (const user of known) state.show({ to: `dm:${user}`, form: 'message', text })
  const invalid = body.userIds.filter((user) => !state.isStaff(user))
  return ok({
    processQueryKey: state.shown.at(-1)?.id ?? '',
    invalidStaffIdList: invalid,
    flowControlledStaffIdList: [],
  })
}

function sendGroup(state: FakeState, call: Call, violate: Violate): Answer {
  const body = parsed(SendGroupBody, call, violate)
  const text = body && textIn(body, violate)
  if (!body || text === null) return refused(400, 'invalidParameter.param.invalid')
  if (!state.isGroup(body.openConversationId)) return refused(400, 'invalid.openConversationId')
  const { id } = state.show({ to: `group:${body.openConversationId}`, form: 'message', text })
  return ok({ processQueryKey: id })
}

function textIn(body: { msgKey: string; msgParam: string }, violate: Violate): string | null {
  const message = messageOf(body)
  if (!message.success) {
    violate(`${body.msgKey}: ${z.prettifyError(message.error)}`)
    return null
  }
  const { msgParam } = message.data
  return 'content' in msgParam ? msgParam.content : `${msgParam.title}\n${msgParam.text}`
}

function recall(state: FakeState, keys: readonly string[]): Answer {
  const failed: Record<string, string> = {}
  for (const key of keys) {
    const message = state.shown.find((one) => one.id === key)
    if (message) message.recalled = true
    else failed[key] = 'not found'
  }
  return ok({ successResult: keys.filter((key) => !failed[key]), failedResult: failed })
}

function createCard(state: FakeState, call: Call, violate: Violate): Answer {
  const body = parsed(CreateBody, call, violate)
  if (!body) return refused(400, 'param.invalid')
  if (body.cardTemplateId !== state.app.templateId) return refused(400, 'param.templateNotExist')
  if (state.shown.some((one) => one.track === body.outTrackId)) return refused(400, 'param.cardAlreadyExist')
  const [, kind, id = ''] = /IM_(ROBOT|GROUP)\.(.+)$/.exec(body.openSpaceId) ?? []
  const known = kind === 'ROBOT' ? state.isStaff(id) : state.isGroup(id)
  const space = { spaceType: `IM_${kind}`, spaceId: id }
  if (!known) {
    const failed = { ...space, success: false, errorMsg: 'staffId.notExisted' }
    return ok({ success: true, result: { outTrackId: body.outTrackId, deliverResults: [failed] } })
  }
  const params = new Map(Object.entries(checkedParams(state, body.cardData.cardParamMap, violate)))
  const to = kind === 'ROBOT' ? `dm:${id}` : `group:${id}`
  const shown = state.show({ to, form: 'card', text: '', track: body.outTrackId, params })
  const delivered = { ...space, success: true, carrierId: shown.id, errorMsg: '' }
  return ok({ success: true, result: { outTrackId: body.outTrackId, deliverResults: [delivered] } })
}

function updateCard(state: FakeState, call: Call, violate: Violate): Answer {
  const body = parsed(UpdateBody, call, violate)
  if (!body) return refused(400, 'param.invalid')
  const card = state.shown.find((one) => one.track === body.outTrackId)
  if (!card) return refused(400, 'param.cardNotExist')
  const params = checkedParams(state, body.cardData.cardParamMap, violate)
  for (const [name, value] of Object.entries(params)) card.params.set(name, value)
  return ok({ success: true, result: true })
}

function checkedParams(state: FakeState, params: Record<string, string>, violate: Violate) {
  for (const [name, value] of Object.entries(params)) {
    if (!state.app.variables.includes(name)) violate(`the template has no variable ${name}`)
    if (name === 'chart' && value !== '' && !state.media.has(value)) violate(`unknown media id ${value}`)
  }
  return params
}

export function parsed<T>(schema: z.ZodType<T>, { body, path, headers }: Call, violate: Violate): T | null {
  const type = String(headers['content-type'])
  if (!/^application\/json\b/.test(type)) violate(`${path}: content type ${type}`)
  const result = schema.safeParse(JSON.parse(body.toString('utf8')))
  if (result.success) return result.data
  violate(`${path}: ${z.prettifyError(result.error)}`)
  return null
}
