import { z } from 'zod'

/** Names of this machine as URLs write them. */
export const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** The address of a platform: the official one, or this machine for a proxy or a test. Credentials are sent nowhere else. */
export function platformUrl(official: string) {
  return z
    .url()
    .refine((text) => isAllowed(text, official), `expected ${official} or an address of this machine`)
    .default(official)
}

function isAllowed(text: string, official: string): boolean {
  if (!URL.canParse(text)) return false
  const { origin, protocol, hostname, username, pathname } = new URL(text)
  if (username !== '' || pathname !== '/') return false
  return (
    origin === official || (LOOPBACK.has(hostname) && family(protocol) === family(new URL(official).protocol))
  )
}

/** `http` or `ws`, secure or not. */
function family(protocol: string): string {
  return /^(http|ws)s?:$/.exec(protocol)?.[1] ?? protocol
}
