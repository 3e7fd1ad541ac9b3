import { z } from 'zod'
import type { FakeCorp } from './state.ts'

const State = z.string().regex(/^[a-zA-Z0-9]{1,128}$/)
const Redirect = z.url({ protocol: /^https$/ })

/** Where a login leads back to. @throws Error for an address that the documentation does not allow */
export function checkedLogin(address: string, corp: FakeCorp): { redirect: URL; state: string } {
  const url = new URL(address)
  const query = Object.fromEntries(url.searchParams)
  const known = { appid: z.literal(corp.corpId), agentid: z.literal(String(corp.agentId)) }
  const both = { ...known, redirect_uri: Redirect, state: State }
  const inside = z.strictObject({
    ...both,
    response_type: z.literal('code'),
    scope: z.literal('snsapi_base'),
  })
  const outside = z.strictObject({ ...both, login_type: z.literal('CorpApp') })
  const isInside = url.pathname === '/connect/oauth2/authorize'
  if (!isInside && url.pathname !== '/wwlogin/sso/login') throw new Error(`no login at ${url.pathname}`)
  if (isInside && url.hash !== '#wechat_redirect') throw new Error('the fragment is mandatory')
  const { redirect_uri, state } = (isInside ? inside : outside).parse(query)
  return { redirect: new URL(redirect_uri), state }
}
