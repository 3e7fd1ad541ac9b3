import type { PageLogin } from '../../src/model/login.ts'
import type { Api } from './api.ts'
import { WECOM } from './schema.ts'

export interface WecomLoginParts {
  readonly corpId: string
  readonly agentId: number
  readonly insideLoginUrl: string
  readonly outsideLoginUrl: string
  readonly api: Pick<Api, 'userOfCode'>
}

/**
 * Login with a WeCom account (developer documentation, paths 91022 inside the client and 98171 outside): silent
 * inside, a QR code or the desktop client outside. The domain must be a trusted one of the app.
 */
export function createWecomLogin(parts: WecomLoginParts): PageLogin {
  const { corpId, api } = parts
  const agentid = String(parts.agentId)

  function inside(state: string, redirect_uri: string): URL {
    const url = new URL('/connect/oauth2/authorize', parts.insideLoginUrl)
    const scope = { response_type: 'code', scope: 'snsapi_base' }
    url.search = new URLSearchParams({ appid: corpId, redirect_uri, ...scope, state, agentid }).toString()
    // Without it the client shows an empty page.
    url.hash = 'wechat_redirect'
    return url
  }

  function outside(state: string, redirect_uri: string): URL {
    const url = new URL('/wwlogin/sso/login', parts.outsideLoginUrl)
    const app = { login_type: 'CorpApp', appid: corpId, agentid }
    url.search = new URLSearchParams({ ...app, redirect_uri, state }).toString()
    return url
  }

  return {
    platform: WECOM,
    isInApp: (userAgent) => /\bwxwork\//i.test(userAgent),
    start: ({ state, redirectUri, inApp }) => (inApp ? inside : outside)(state, redirectUri).href,
    personOf: (code) => api.userOfCode(code),
  }
}
