import type { PlaygroundPerson } from '../../src/model/playground.ts'
import type { Charts } from './charts.ts'
import { chatsOf } from './chats.ts'
import type { DemoClock } from './demo-clock.ts'
import type { Live } from './live.ts'
import type { PlaygroundPorts } from './ports.ts'

/** A comment this often keeps proxies from closing, and picks up what another process wrote. */
const HEARTBEAT_MS = 15_000
const BATCH = 100

export interface StreamRequest {
  readonly person: PlaygroundPerson
  /** The last revision the page has. */
  readonly since: number
  readonly gone: AbortSignal
}

export interface StreamParts {
  readonly ports: PlaygroundPorts
  readonly charts: Charts
  readonly live: Live
  readonly clock: DemoClock
}

/**
 * Server-sent events for one person: new and changed messages in order of revision (also the event id, so that
 * a reconnecting browser goes on where it was), and the clock when it jumps.
 */
export async function* liveStream(
  { ports, charts, live, clock }: StreamParts,
  { person, since, gone }: StreamRequest,
): AsyncGenerator<string> {
  let revision = since
  let clockVersion = -1
  yield 'retry: 1000\n\n'
  while (!live.closed && !gone.aborted) {
    const change = live.next()
    if (clockVersion !== clock.version()) {
      clockVersion = clock.version()
      yield `event: clock\ndata: ${JSON.stringify(clock.state())}\n\n`
    }
    const chats = (await chatsOf(ports, person)).map((chat) => chat.key)
    const messages = await ports.history.changes(chats, revision, BATCH)
    for (const message of messages) {
      revision = message.revision
      yield `id: ${revision}\nevent: message\ndata: ${JSON.stringify(charts.shown(message))}\n\n`
    }
    if (messages.length === BATCH || change.aborted) continue
    await ports.clock.sleep(HEARTBEAT_MS, AbortSignal.any([change, gone]))
    if (!change.aborted) yield ': still here\n\n'
  }
}
