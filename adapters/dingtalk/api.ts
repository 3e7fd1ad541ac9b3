import { z } from 'zod'
import type { Clock } from '../../src/clock.ts'
import { AppError } from '../../src/errors.ts'
import type { Address } from '../../src/model/chat.ts'
import type { SharedValues } from '../shared/shared-values.ts'
import { createTokens, type FreshToken } from '../shared/token.ts'
import { type Fault, faultError, faultNamed, faultOf } from './codes.ts'
import { type Limits, WEBHOOK } from './limits.ts'
import type { DingtalkSettings, DingtalkWords } from './ports.ts'
import type { Quota } from './quota.ts'
import {
  CreateAnswer,
  RecallAnswer,
  SendGroupAnswer,
  SendOneAnswer,
  TokenAnswer,
  UploadAnswer,
} from './schema.ts'
import type { HttpAnswer, Transport } from './transport.ts'

export interface ApiParts {
  readonly settings: DingtalkSettings
  readonly transport: Transport
  readonly limits: Limits
  readonly quota: Pick<Quota, 'spend'>
  readonly clock: Clock
  readonly shared: SharedValues
  readonly words: Pick<DingtalkWords, 'codes' | 'kinds' | 'lacking'>
  /** Hears of every refusal, and null when a call succeeded. */
  readonly heard: (fault: (Fault & { api: string; say: string }) | null) => void
}

/** A robot message: `sampleMarkdown` with its fields. */
export interface RobotMessage {
  readonly msgKey: 'sampleMarkdown' | 'sampleActionCard'
  readonly msgParam: Readonly<Record<string, string>>
}

export interface SentToMany {
  readonly messageId: string
  /** Not people of the company, or outside the visible range: final. */
  readonly invalid: readonly string[]
  /** Got too much lately: later, and only for them. */
  readonly slowed: readonly string[]
}

export type CardParams = Readonly<Record<string, string>>

export interface CardRequest {
  /** Ours, and unique for ever: a repeated attempt makes no second card. */
  readonly track: string
  readonly templateId: string
  readonly params: CardParams
  /** What the notification says. */
  readonly summary: string
}

export interface Api {
  /** To at most 20 people in their direct chats; costs one call. */
  sendToMany(users: readonly string[], message: RobotMessage): Promise<SentToMany>
  sendToGroup(group: string, message: RobotMessage): Promise<string>
  /** Within 24 hours. @throws AppError `conflict` when it is too late */
  recall(to: Pick<Address, 'kind' | 'id'>, messageId: string): Promise<void>
  /** Gives the id by which it can be recalled; '' when the platform names none. */
  createCard(to: Pick<Address, 'kind' | 'id'>, card: CardRequest): Promise<string>
  updateCard(track: string, params: CardParams): Promise<void>
  /** The id works for ever, inside DingTalk. */
  uploadImage(png: Buffer, name: string): Promise<string>
  /** Answers a message over the address that came with it. */
  answerWebhook(url: URL, message: object): Promise<void>
  /** A counted call of the new API that has no function of its own here. */
  post<T>(api: string, body: object, answer: z.ZodType<T>): Promise<T>
  /** A call of the legacy API below `topapi`, none of which counts for the month; gives its `result`. */
  legacy<T>(api: string, body: object, result: z.ZodType<T>): Promise<T>
  /** Gets a token if there is none: are the credentials right? */
  checkLogin(): Promise<void>
}

/** For the whole of one call, a renewed token included; the dispatcher waits 20 s. */
const CALL_TIMEOUT_MS = 12_000
const MAX_USERS = 20
const OPTIONS = { updateCardDataByKey: true, updatePrivateDataByKey: true } as const

/** The API of one app: tokens, pacing, meter and error classes applied to every call. */
export function createApi(parts: ApiParts): Api {
  const { settings, transport, limits, quota, clock, shared } = parts
  const { clientId, clientSecret, robotCode } = settings
  const tokens = createTokens({ clock, shared, name: `dingtalk.token.${clientId}`, fetchToken })

  async function fetchToken(): Promise<FreshToken> {
    const api = 'oauth2/accessToken'
    await limits.take(api)
    const answer = await transport({
      api,
      method: 'POST',
      url: new URL(`/v1.0/${api}`, settings.apiUrl),
      body: { appKey: clientId, appSecret: clientSecret },
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
    })
    const fault = faultOf(answer)
    if (fault) throw refused(api, fault)
    const { accessToken, expireIn } = read(api, TokenAnswer, answer)
    return { token: accessToken, expiresInS: expireIn }
  }

  function refused(api: string, fault: Fault): AppError {
    const { codes, kinds, lacking } = parts.words
    const words = codes[fault.code] ?? kinds[fault.kind]
    const say = fault.scopes.length > 0 ? lacking(words, fault.scopes) : words
    parts.heard({ ...fault, api, say })
    if (fault.action === 'stop-all') limits.pauseAll(fault.waitMs)
    if (fault.action === 'stop' || fault.action === 'pause') limits.pauseApi(api, fault.waitMs)
    return faultError(api, fault, say)
  }

  type Attempt = (token: string, signal: AbortSignal) => Promise<HttpAnswer>

  async function withToken<T>(
    api: string,
    attempt: Attempt,
    schema: z.ZodType<T>,
    counted = true,
  ): Promise<T> {
    let token = await tokens.get()
    await limits.take(api)
    const signal = AbortSignal.timeout(CALL_TIMEOUT_MS)
    let answer = await attempt(token, signal)
    let fault = faultOf(answer)
    // Twice: the first one may be what another process got, and ended meanwhile too; the second one is new.
    for (let times = 0; fault?.action === 'renew' && times < 2; times++) {
      token = await tokens.renew(token)
      await limits.take(api)
      answer = await attempt(token, signal)
      fault = faultOf(answer)
    }
    fault = stillRefused(fault)
    // Calls beyond the rate are not counted.
    if (counted && fault?.kind !== 'rate') quota.spend('api')
    if (fault) throw refused(api, fault)
    parts.heard(null)
    return read(api, schema, answer)
  }

  function call<T>(
    api: string,
    body: object,
    schema: z.ZodType<T>,
    method: 'POST' | 'PUT' = 'POST',
  ): Promise<T> {
    const url = new URL(`/v1.0/${api}`, settings.apiUrl)
    const attempt: Attempt = (token, signal) =>
      transport({ api, method, url, body, signal, headers: { 'x-acs-dingtalk-access-token': token } })
    return withToken(api, attempt, schema)
  }

  const message = ({ msgKey, msgParam }: RobotMessage) => ({
    robotCode,
    msgKey,
    msgParam: JSON.stringify(msgParam),
  })

  return {
    async sendToMany(users, one) {
      if (users.length > MAX_USERS) throw new AppError('bug', 'more than 20 people in one call')
      const body = { ...message(one), userIds: users }
      const answer = await call('robot/oToMessages/batchSend', body, SendOneAnswer)
      const { processQueryKey, invalidStaffIdList, flowControlledStaffIdList } = answer
      return { messageId: processQueryKey, invalid: invalidStaffIdList, slowed: flowControlledStaffIdList }
    },
    async sendToGroup(group, one) {
      const body = { ...message(one), openConversationId: group }
      return (await call('robot/groupMessages/send', body, SendGroupAnswer)).processQueryKey
    },
    async recall({ kind, id }, messageId) {
      const body = { robotCode, processQueryKeys: [messageId] }
      const { failedResult } =
        kind === 'group'
          ? await call('robot/groupMessages/recall', { ...body, openConversationId: id }, RecallAnswer)
          : await call('robot/otoMessages/batchRecall', body, RecallAnswer)
      if (failedResult?.[messageId] !== undefined) {
        throw new AppError('conflict', 'the DingTalk message can no longer be recalled')
      }
    },
    async createCard(to, card) {
      const api = 'card/instances/createAndDeliver'
      const { result } = await call(api, createBody(to, card, robotCode), CreateAnswer)
      const failed = result.deliverResults.find((one) => !one.success)
      if (!failed) return result.deliverResults[0]?.carrierId ?? ''
      const otherwise = to.kind === 'group' ? 'group' : 'recipient'
      throw refused(api, faultNamed(failed.errorMsg ?? '', otherwise))
    },
    async updateCard(track, params) {
      const body = { outTrackId: track, cardData: { cardParamMap: params }, cardUpdateOptions: OPTIONS }
      await call('card/instances', body, z.unknown(), 'PUT')
    },
    async uploadImage(png, name) {
      const attempt: Attempt = (token, signal) => {
        const url = new URL('/media/upload', settings.legacyUrl)
        url.search = new URLSearchParams({ access_token: token, type: 'image' }).toString()
        const body = new FormData()
        body.append('type', 'image')
        body.append('media', new Blob([new Uint8Array(png)], { type: 'image/png' }), name)
        return transport({ api: 'media/upload', method: 'POST', url, body, signal })
      }
      return (await withToken('media/upload', attempt, UploadAnswer)).media_id
    },
    async answerWebhook(url, body) {
      const api = WEBHOOK
      await limits.takeWebhook()
      const signal = AbortSignal.timeout(CALL_TIMEOUT_MS)
      const fault = faultOf(await transport({ api, method: 'POST', url, body, signal }))
      quota.spend('stream')
      if (fault) throw refused(api, fault)
    },
    post: (api, body, schema) => call(api, body, schema),
    async legacy(api, body, schema) {
      const attempt: Attempt = (token, signal) => {
        const url = new URL(`/${api}`, settings.legacyUrl)
        url.search = new URLSearchParams({ access_token: token }).toString()
        return transport({ api, method: 'POST', url, body, signal })
      }
      return (await withToken(api, attempt, z.object({ result: schema }), false)).result
    },
    async checkLogin() {
      await tokens.get()
    },
  }
}

/** A token that was got just now is refused too: no later one would be better. */
function stillRefused(fault: Fault | null): Fault | null {
  if (fault?.action !== 'renew') return fault
  return { ...fault, kind: 'credentials', action: 'stop-all', waitMs: 600_000 }
}

function createBody(to: Pick<Address, 'kind' | 'id'>, card: CardRequest, robotCode: string): object {
  const space = {
    supportForward: false,
    lastMessageI18n: { ZH_CN: card.summary },
    notification: { alertContent: card.summary, notificationOff: false },
  }
  const place =
    to.kind === 'group'
      ? {
          openSpaceId: `dtv1.card//IM_GROUP.${to.id}`,
          imGroupOpenSpaceModel: space,
          imGroupOpenDeliverModel: { robotCode },
        }
      : {
          openSpaceId: `dtv1.card//IM_ROBOT.${to.id}`,
          imRobotOpenSpaceModel: space,
          imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode },
        }
  return {
    cardTemplateId: card.templateId,
    outTrackId: card.track,
    // Without it no press ever arrives.
    callbackType: 'STREAM',
    userIdType: 1,
    cardData: { cardParamMap: card.params },
    ...place,
  }
}

/** @throws AppError `upstream` when the answer is not what is documented */
export function read<T>(api: string, schema: z.ZodType<T>, { body }: HttpAnswer): T {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  const fields = result.error.issues.map((issue) => issue.path.join('.'))
  const data = { api, fields, doubt: true }
  throw new AppError('upstream', `the answer of DingTalk ${api} is not what is documented`, { data })
}
