import { AppError } from '../../src/errors.ts'
import type { CallbackAnswer, CallbackRequest } from '../../src/model/chat.ts'
import { eventStream, json } from './answers.ts'
import { type Assets, loadAssets } from './assets.ts'
import type { Charts } from './charts.ts'
import { chatsOf, personById, visibleChat } from './chats.ts'
import type { DemoClock } from './demo-clock.ts'
import { type Accept, acceptAction, acceptText } from './inbound.ts'
import type { Live } from './live.ts'
import type { PlaygroundPorts } from './ports.ts'
import {
  ActionBody,
  CommandsQuery,
  check,
  InboxQuery,
  MessagesQuery,
  parseJson,
  StreamQuery,
  TextBody,
} from './schema.ts'
import { liveStream } from './stream.ts'

/** Messages of a chat shown at first, and loaded at a time when scrolling up. */
const PAGE = 40

export interface ApiParts {
  readonly ports: PlaygroundPorts
  readonly charts: Charts
  readonly live: Live
  readonly clock: DemoClock
  readonly accept: Accept
}

type Handler = (request: CallbackRequest) => Promise<CallbackAnswer>

/** The HTTP face of the playground: its page and the calls the page makes, below wherever it is mounted. */
export function createApi(parts: ApiParts): Handler {
  const assets = loadAssets()
  const handlers = new Map<string, Handler>(Object.entries(routes(parts)))
  return async (request) => {
    const { method, path } = request
    if (method !== 'GET' && method !== 'HEAD' && method !== 'POST') {
      throw new AppError('bad-input', 'method not supported', { data: { httpStatus: 405 } })
    }
    if (method === 'POST') checkOrigin(request)
    const handler = handlers.get(`${method} ${path}`)
    if (handler) return handler(request)
    const picture = method === 'POST' ? null : await parts.charts.answer(path)
    return picture ?? staticAnswer(assets, request)
  }
}

function routes({ ports, charts, live, clock, accept }: ApiParts): Record<string, Handler> {
  const pages = { ports, charts }
  return {
    'GET /api/session': async () =>
      json(200, {
        people: await ports.people(),
        clock: clock.state(),
        canAdvance: ports.nextWorkday !== null,
        zone: ports.zone,
        locale: ports.locale,
      }),
    'GET /api/inbox': async ({ query }) => json(200, await inboxOf(pages, check(InboxQuery, query).person)),
    'GET /api/messages': async ({ query }) => json(200, await earlier(pages, query)),
    'GET /api/commands': async ({ query }) => {
      const { person, chat } = check(CommandsQuery, query)
      return json(200, await ports.commands((await personById(ports, person)).id, chat))
    },
    'GET /api/stream': async ({ query, headers, gone }) => {
      const last = headers['last-event-id']
      const { person, since } = check(StreamQuery, last ? { ...query, since: last } : query)
      return eventStream(
        liveStream({ ports, charts, live, clock }, { person: await personById(ports, person), since, gone }),
      )
    },
    'POST /api/text': async ({ body }) => {
      const message = await acceptText(ports, accept, check(TextBody, parseJson(body)))
      live.changed()
      return json(202, message)
    },
    'POST /api/action': async ({ body }) => {
      await acceptAction(ports, accept, check(ActionBody, parseJson(body)))
      return json(202, { accepted: true })
    },
    'POST /api/next-workday': async () => {
      await clock.advance()
      return json(200, clock.state())
    },
  }
}

type Pages = Pick<ApiParts, 'ports' | 'charts'>

async function inboxOf({ ports, charts }: Pages, personId: string): Promise<object> {
  const person = await personById(ports, personId)
  // Read before the messages: what arrives in between comes again by the stream, nothing is missed.
  const revision = await ports.history.revision()
  const chats = await Promise.all(
    (await chatsOf(ports, person)).map(async (chat) => {
      const messages = await ports.history.page(chat.key, null, PAGE)
      return { ...chat, messages: messages.map(charts.shown), more: messages.length === PAGE }
    }),
  )
  return { revision, chats }
}

async function earlier({ ports, charts }: Pages, query: CallbackRequest['query']): Promise<object> {
  const { person, chat, before } = check(MessagesQuery, query)
  const { key } = await visibleChat(ports, await personById(ports, person), chat)
  const messages = await ports.history.page(key, before, PAGE)
  return { messages: messages.map(charts.shown), more: messages.length === PAGE }
}

function staticAnswer(assets: Assets, { method, path, headers }: CallbackRequest): CallbackAnswer {
  const answer = method === 'POST' ? null : assets.answer(path, headers['if-none-match'])
  if (!answer) throw new AppError('not-found', 'no such page')
  return answer
}

/** Browsers name the page a POST comes from: only our own may. JSON keeps plain forms out as well. */
function checkOrigin({ headers }: CallbackRequest): void {
  const { origin, host } = headers
  if (origin !== undefined && !/^https?:\/\//.test(origin)) throw foreign()
  if (origin !== undefined && new URL(origin).host !== host) throw foreign()
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) {
    throw new AppError('bad-input', 'expected application/json', { data: { httpStatus: 415 } })
  }
}

function foreign(): AppError {
  return new AppError('not-allowed', 'the request comes from another site')
}
