import type { z } from 'zod'
import type { Clock } from '../../src/clock.ts'
import { AppError } from '../../src/errors.ts'
import type { Log } from '../../src/log.ts'
import type { SharedValues } from '../shared/shared-values.ts'
import { createTokens, type FreshToken } from '../shared/token.ts'
import { type Fault, faultError, faultOf, STOP_MS } from './codes.ts'
import type { Limits } from './limits.ts'
import type { WecomWords } from './ports.ts'
import {
  BehaviourAnswer,
  type BehaviourDay,
  CustomersAnswer,
  type CustomersPage,
  DepartmentsAnswer,
  FollowUsersAnswer,
  LoginAnswer,
  type Member,
  MembersAnswer,
  Outcome,
  SendAnswer,
  TagsAnswer,
  TokenAnswer,
  UpdateAnswer,
  UploadAnswer,
  UserIdsAnswer,
} from './schema.ts'
import type { HttpCall, Transport } from './transport.ts'

export interface ApiParts {
  readonly corpId: string
  readonly agentId: number
  readonly secret: string
  readonly transport: Transport
  readonly limits: Limits
  readonly clock: Clock
  readonly log: Log
  readonly shared: SharedValues
  readonly words: Pick<WecomWords, 'codes' | 'kinds'>
  /** Hears of every refusal, and null when a call succeeded. */
  readonly heard: (fault: (Fault & { say: string }) | null) => void
}

/** A message without its envelope: `{ msgtype: 'text', text: { … } }`. */
export type MessageBody = { readonly msgtype: string } & Readonly<Record<string, unknown>>

export interface Sent {
  readonly messageId: string
  /** Only for cards that can be changed. */
  readonly responseCode: string | null
  /** Members that the platform could not reach although the call succeeded: unknown or unseen, and without a licence. */
  readonly unreached: readonly string[]
  readonly unlicensed: readonly string[]
}

export interface Api {
  /**
   * Sends a message. With `once` the platform does not deliver the same body to anybody again for hours, so that a
   * repeated attempt doubles nothing; the body must then name its message.
   */
  send(user: string, message: MessageBody, options: { readonly once: boolean }): Promise<Sent>
  /** @throws AppError `bad-input` when the code was used or is too old */
  updateCard(user: string, responseCode: string, card: object): Promise<void>
  /** Uploads a PNG for messages; the id works for three days. */
  uploadImage(png: Buffer, name: string): Promise<string>
  departments(): Promise<z.infer<typeof DepartmentsAnswer>['department']>
  /** Direct members of one department. */
  membersOf(department: number): Promise<Member[]>
  /** The account behind an encrypted id; null for one that is plain, or outside the visible range. */
  plainUser(id: string): Promise<string | null>
  /** Members whose customers the app may read. */
  followUsers(): Promise<string[]>
  /** Names of the company's customer tags, by id. */
  customerTags(): Promise<ReadonlyMap<string, string>>
  /** Customers of at most 100 members; `cursor` is empty for the first page. */
  customersOf(users: readonly string[], cursor: string): Promise<CustomersPage>
  /** The member a login code stands for; null for somebody who is none. @throws AppError `bad-input` for a used code */
  userOfCode(code: string): Promise<string | null>
  /** What one member did in WeChat, a day each; `from` and `to` are seconds, at most 30 days with both included. */
  behaviourOf(user: string, from: number, to: number): Promise<readonly BehaviourDay[]>
  /** Gets a token if there is none: are the credentials right? */
  checkLogin(): Promise<void>
}

/** For the whole of one call, a renewed token included; shorter than the dispatcher's patience. */
const CALL_TIMEOUT_MS = 15_000
/** The longest the platform remembers a message it must not deliver twice: 4 hours. */
const DUPLICATE_WINDOW_S = 14_400

/** The API of one self-built app: tokens, limits and error classes applied to every call. */
export function createApi(parts: ApiParts): Api {
  const { corpId, agentId, secret, transport, limits, clock, shared } = parts
  const tokens = createTokens({ clock, shared, name: `wecom.token.${corpId}.${agentId}`, fetchToken })

  async function fetchToken(): Promise<FreshToken> {
    const answer = await once('gettoken', {
      method: 'GET',
      query: { corpid: corpId, corpsecret: secret },
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
    })
    if (answer.errcode !== 0) throw refused('gettoken', faultOf(answer.errcode, { login: true }))
    const { access_token, expires_in } = read('gettoken', TokenAnswer, answer)
    return { token: access_token, expiresInS: expires_in }
  }

  async function once(api: string, request: Omit<HttpCall, 'api'>): Promise<z.infer<typeof Outcome>> {
    limits.checkApi(api)
    const answer = read(api, Outcome, await transport({ api, ...request }))
    // Said beside any code, 0 included, when a field of ours had the wrong type and was not understood.
    if (answer.errmsg?.includes('wrong json format'))
      parts.log.error({ api }, 'WeCom misread a request of ours')
    return answer
  }

  function refused(api: string, fault: Fault): AppError {
    const say = parts.words.codes[fault.errcode] ?? parts.words.kinds[fault.kind]
    parts.heard({ ...fault, say })
    // A wrong secret or an untrusted address stops everything; a missing permission only what needs it.
    if (fault.action === 'stop') limits.stop(fault.everything ? null : api, STOP_MS)
    const waitMs = fault.action === 'pause' ? limits.pauseApi(api) : STOP_MS
    return faultError(api, fault, say, waitMs)
  }

  type Request = Pick<HttpCall, 'method' | 'body'> & { readonly query?: HttpCall['query'] }

  async function call<T>(api: string, request: Request, schema: z.ZodType<T>): Promise<T> {
    limits.checkApi(api)
    const signal = AbortSignal.timeout(CALL_TIMEOUT_MS)
    const attempt = (token: string) =>
      once(api, { ...request, query: { ...request.query, access_token: token }, signal })
    const token = await tokens.get()
    let answer = await attempt(token)
    const renewed = faultOf(answer.errcode).action === 'renew'
    if (renewed) answer = await attempt(await tokens.renew(token))
    if (answer.errcode !== 0) throw refused(api, faultOf(answer.errcode, { renewed }))
    limits.worked(api)
    parts.heard(null)
    return read(api, schema, answer)
  }

  return {
    async send(user, message, { once: onlyOnce }) {
      const check = { enable_duplicate_check: 1, duplicate_check_interval: DUPLICATE_WINDOW_S }
      const body = { touser: user, agentid: agentId, ...message, ...(onlyOnce && check) }
      const answer = await call('message/send', { method: 'POST', body }, SendAnswer)
      return {
        messageId: answer.msgid,
        responseCode: answer.response_code ?? null,
        unreached: answer.invaliduser,
        unlicensed: answer.unlicenseduser,
      }
    },
    async updateCard(user, responseCode, card) {
      const body = { userids: [user], agentid: agentId, response_code: responseCode, template_card: card }
      await call('message/update_template_card', { method: 'POST', body }, UpdateAnswer)
    },
    async uploadImage(png, name) {
      const body = new FormData()
      body.append('media', new Blob([new Uint8Array(png)], { type: 'image/png' }), name)
      const request: Request = { method: 'POST', body, query: { type: 'image' } }
      return (await call('media/upload', request, UploadAnswer)).media_id
    },
    departments: async () => (await call('department/list', { method: 'GET' }, DepartmentsAnswer)).department,
    async membersOf(department) {
      const query = { department_id: String(department) }
      return (await call('user/list', { method: 'GET', query }, MembersAnswer)).userlist
    },
    async plainUser(id) {
      const request: Request = { method: 'POST', body: { open_userid_list: [id] } }
      const { userid_list } = await call('batch/openuserid_to_userid', request, UserIdsAnswer)
      return userid_list.find((one) => one.open_userid === id)?.userid ?? null
    },
    followUsers: async () =>
      (await call('externalcontact/get_follow_user_list', { method: 'GET' }, FollowUsersAnswer)).follow_user,
    async customerTags() {
      const request: Request = { method: 'POST', body: {} }
      const { tag_group } = await call('externalcontact/get_corp_tag_list', request, TagsAnswer)
      return new Map(tag_group.flatMap((group) => group.tag.map(({ id, name }) => [id, name] as const)))
    },
    async customersOf(users, cursor) {
      const body = { userid_list: users, cursor, limit: 100 }
      return call('externalcontact/batch/get_by_user', { method: 'POST', body }, CustomersAnswer)
    },
    async userOfCode(code) {
      const request: Request = { method: 'GET', query: { code } }
      return (await call('auth/getuserinfo', request, LoginAnswer)).userid ?? null
    },
    async behaviourOf(user, from, to) {
      const body = { userid: [user], start_time: from, end_time: to }
      const api = 'externalcontact/get_user_behavior_data'
      return (await call(api, { method: 'POST', body }, BehaviourAnswer)).behavior_data
    },
    async checkLogin() {
      await tokens.get()
    },
  }
}

function read<T>(api: string, schema: z.ZodType<T>, answer: unknown): T {
  const result = schema.safeParse(answer)
  if (result.success) return result.data
  const fields = result.error.issues.map((issue) => issue.path.join('.'))
  throw new AppError('upstream', `the answer of WeCom ${api} is not what is documented`, { data: { fields } })
}
