/** A browser reduced to what logins need: it keeps cookies, follows no redirect by itself, runs nothing. */
export interface Visitor {
  readonly cookies: Map<string, string>
  get(path: string, headers?: Record<string, string>): Promise<Seen>
  /** Sends a form as a page of `origin` does. */
  post(path: string, form?: Record<string, string>, origin?: string | null): Promise<Seen>
}

export interface Seen {
  readonly status: number
  /** Where it is sent on to; '' for nowhere. */
  readonly location: string
  readonly headers: Headers
  readonly text: string
  /** The cookies as they were set, with their attributes. */
  readonly setCookies: readonly string[]
}

export function visitor(url: string, ownOrigin = url): Visitor {
  const cookies = new Map<string, string>()

  async function send(path: string, init: RequestInit): Promise<Seen> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...init.headers, ...(cookie !== '' && { cookie }) }
    const answer = await fetch(new URL(path, url), { ...init, headers, redirect: 'manual' })
    const setCookies = answer.headers.getSetCookie()
    for (const line of setCookies) keep(cookies, line)
    return {
      status: answer.status,
      location: answer.headers.get('location') ?? '',
      headers: answer.headers,
      // Not `text()`, which takes a byte order mark away.
      text: Buffer.from(await answer.arrayBuffer()).toString(),
      setCookies,
    }
  }

  return {
    cookies,
    get: (path, headers = {}) => send(path, { headers }),
    post: (path, form = {}, origin = ownOrigin) =>
      send(path, {
        method: 'POST',
        headers: origin === null ? {} : { origin },
        body: new URLSearchParams(form),
      }),
  }
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(/;\s*/)
  const [name = '', value = ''] = pair.split('=')
  const over = attributes.some((one) => /^expires=Thu, 01 Jan 1970/i.test(one))
  if (over || value === '') cookies.delete(name)
  else cookies.set(name, value)
}
