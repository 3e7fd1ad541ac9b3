import { z } from 'zod'
import { type Answer, type Call, ok, parsed, refused, type Violate } from './openapi.ts'
import type { FakeState } from './state.ts'

const CODE_MS = 5 * 60_000

/** Somebody who agreed to log in, and the company they chose. */
export interface Login {
  readonly user: string
  readonly corpId: string
  readonly at: number
}

/** The page on which somebody agrees: checks the address, gives the one it leads back to. */
export function logIn(
  state: FakeState,
  address: string,
  { user, corpId = state.app.corpId }: { user: string; corpId?: string },
): URL {
  const url = new URL(address)
  const Query = z.strictObject({
    redirect_uri: z.url({ protocol: /^https$/ }),
    response_type: z.literal('code'),
    client_id: z.literal(state.app.clientId),
    scope: z.literal('openid corpid'),
    state: z.string().min(1),
    prompt: z.literal('consent'),
  })
  if (url.pathname !== '/oauth2/auth') throw new Error(`no login at ${url.pathname}`)
  const asked = Query.parse(Object.fromEntries(url.searchParams))
  const code = state.next('LOGIN')
  state.logins.set(code, { user, corpId, at: state.clock.now() })
  const back = new URL(asked.redirect_uri)
  back.search = new URLSearchParams({ authCode: code, code, state: asked.state }).toString()
  return back
}

const Body = z.strictObject({
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  code: z.string().min(1),
  grantType: z.literal('authorization_code'),
})

/** A code works once and for five minutes; the token it gives is the person's own. */
export function userToken(state: FakeState, call: Call, violate: Violate): Answer {
  const body = parsed(Body, call, violate)
  const { clientId, clientSecret } = state.app
  if (body?.clientId !== clientId || body.clientSecret !== clientSecret)
    return refused(400, 'invalidClientIdOrSecret')
  const login = state.logins.get(body.code)
  state.logins.delete(body.code)
  if (!login || state.clock.now() - login.at > CODE_MS)
    return refused(400, 'invalidParameter.authCode.notFound')
  const accessToken = state.next('USER')
  state.userTokens.set(accessToken, login.user)
  return ok({ accessToken, refreshToken: state.next('REFRESH'), expireIn: 7200, corpId: login.corpId })
}

export function me(state: FakeState, { headers }: Call): Answer {
  const user = state.userTokens.get(String(headers['x-acs-dingtalk-access-token']))
  if (user === undefined) return refused(400, 'InvalidAuthentication')
  return ok({ nick: user, openId: `open-${user}`, unionId: `union-${user}`, stateCode: '86' })
}
