import type { z } from 'zod'
import { AppError } from '../../src/errors.ts'
import type { PageLogin } from '../../src/model/login.ts'
import { type Api, read } from './api.ts'
import { faultError, faultOf } from './codes.ts'
import type { Limits } from './limits.ts'
import type { DingtalkPorts } from './ports.ts'
import { ByUnionResult, DINGTALK, MeAnswer, UserTokenAnswer } from './schema.ts'
import type { HttpCall, Transport } from './transport.ts'

export interface DingtalkLoginParts {
  readonly settings: Pick<DingtalkPorts['settings'], 'corpId' | 'clientId' | 'clientSecret' | 'apiUrl'> & {
    readonly loginUrl: string
  }
  readonly api: Pick<Api, 'legacy'>
  readonly limits: Pick<Limits, 'take'>
  readonly transport: Transport
  readonly words: Pick<DingtalkPorts['words'], 'codes' | 'kinds'>
}

const CALL_TIMEOUT_MS = 12_000

/**
 * Login with a DingTalk account over OAuth 2 (open platform, 登录第三方网站), in any browser: inside the client it takes
 * one tap. None of its calls counts for the month.
 */
export function createDingtalkLogin(parts: DingtalkLoginParts): PageLogin {
  const { settings, api, limits, words } = parts
  const { clientId, clientSecret, corpId } = settings

  async function ask<T>(
    name: string,
    call: Pick<HttpCall, 'method' | 'headers' | 'body'>,
    schema: z.ZodType<T>,
  ) {
    await limits.take(name)
    const url = new URL(`/v1.0/${name}`, settings.apiUrl)
    const signal = AbortSignal.timeout(CALL_TIMEOUT_MS)
    const answer = await parts.transport({ api: name, url, signal, ...call })
    const fault = faultOf(answer)
    if (fault) throw faultError(name, fault, words.codes[fault.code] ?? words.kinds[fault.kind])
    return read(name, schema, answer)
  }

  /** The person's id for all apps of one developer; null when they logged in with another company. */
  async function unionOf(code: string): Promise<string | null> {
    const body = { clientId, clientSecret, code, grantType: 'authorization_code' }
    const token = await ask('oauth2/userAccessToken', { method: 'POST', body }, UserTokenAnswer)
    if (token.corpId !== corpId) return null
    const headers = { 'x-acs-dingtalk-access-token': token.accessToken }
    return (await ask('contact/users/me', { method: 'GET', headers }, MeAnswer)).unionId
  }

  return {
    platform: DINGTALK,
    isInApp: (userAgent) => /\bDingTalk\b/i.test(userAgent),
    start({ state, redirectUri }) {
      const url = new URL('/oauth2/auth', settings.loginUrl)
      const asked = { response_type: 'code', scope: 'openid corpid', prompt: 'consent' }
      const query = { redirect_uri: redirectUri, client_id: clientId, ...asked, state }
      url.search = new URLSearchParams(query).toString()
      return url.href
    },
    async personOf(code) {
      const unionid = await unionOf(code)
      if (unionid === null) return null
      try {
        const found = await api.legacy('topapi/user/getbyunionid', { unionid }, ByUnionResult)
        return found.contact_type === 0 ? found.userid : null
      } catch (error) {
        if (error instanceof AppError && error.code === 'not-found') return null
        throw error
      }
    },
  }
}
