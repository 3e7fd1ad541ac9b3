import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { systemClock } from '../clock.ts'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import type { Adapter } from '../model/chat.ts'
import { createApp } from './create-app.ts'
import type { PagesGiven } from './mount-pages.ts'

export interface HttpService {
  /** Where a browser on this machine reaches it: `http://localhost:8420`. */
  readonly url: string
  /** Ends open streams, lets running requests finish, then closes. */
  stop(): Promise<void>
}

/** How long running requests may take to finish when the service stops. */
const GRACE_MS = 5_000

/** @throws AppError `config` when the address cannot be listened on. */
export async function startHttp(
  ctx: Ctx,
  adapters: readonly Adapter[],
  pages: PagesGiven = { logins: [], clock: systemClock },
): Promise<HttpService> {
  const closing = new AbortController()
  const app = createApp(ctx, { adapters, closing: closing.signal, pages })
  const server = createServer(app.callback())
  server.on('request', (_request, response) => {
    // A connection kept alive for the next request would hold up the stop.
    response.once('close', () => closing.signal.aborted && setImmediate(() => server.closeIdleConnections()))
  })
  const { host, port } = ctx.settings.http
  const address = await listen(server, host, port)
  return {
    url: urlOf(address),
    async stop() {
      closing.abort()
      const grace = new AbortController()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      const late = ctx.clock.sleep(GRACE_MS, grace.signal).then(() => server.closeAllConnections())
      await closed
      grace.abort()
      await late
    },
  }
}

function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      reject(
        new AppError('config', 'the address cannot be listened on', {
          cause,
          say: `http.host/http.port ${host}:${port}: ${cause.message}`,
        }),
      )
    })
    server.listen(port, host, () => {
      const address = server.address()
      if (address !== null && typeof address === 'object') resolve(address)
    })
  })
}

function urlOf({ address, port, family }: AddressInfo): string {
  const local = /^(127\.0\.0\.1|0\.0\.0\.0|::1?)$/.test(address)
  if (local) return `http://localhost:${port}`
  return family === 'IPv6' ? `http://[${address}]:${port}` : `http://${address}:${port}`
}
