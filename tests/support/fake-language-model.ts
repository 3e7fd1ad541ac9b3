import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { z } from 'zod'
import type { Answer } from '../../src/retention/assist/question.ts'

/** What the fake does with one request; `cut` ends the connection in the middle of the answer. */
export type Behaviour =
  | { readonly kind: 'content'; readonly text: string; readonly finish?: 'stop' | 'length' }
  | { readonly kind: 'body'; readonly text: string }
  | { readonly kind: 'status'; readonly status: number; readonly location?: string }
  | { readonly kind: 'huge' | 'cut' | 'never' }

export interface FakeLanguageModel {
  /** With the version, as settings name it. */
  readonly url: string
  /** Well-formed requests, oldest first. */
  readonly requests: readonly FakeRequest[]
  /** What was wrong with requests that break the form. */
  readonly malformed: readonly string[]
  /** What the next requests meet, in this order; then `answer`. */
  readonly next: Behaviour[]
  answer: Answer
  /** `json_schema` is refused with 400, as by older servers. */
  plain: boolean
  stop(): Promise<void>
}

export interface FakeRequest {
  readonly format: 'json_schema' | 'json_object'
  readonly instruction: string
  readonly material: string
  readonly raw: string
}

export const MODEL = 'liuke-test'
export const API_KEY = 'test-key-of-the-model'

/** All that is allowed in a request: https://platform.openai.com/docs/api-reference/chat/create */
const Request = z.strictObject({
  model: z.literal(MODEL),
  messages: z.tuple([
    z.strictObject({ role: z.literal('system'), content: z.string().min(1).max(4_000) }),
    z.strictObject({ role: z.literal('user'), content: z.string().min(1).max(4_000) }),
  ]),
  response_format: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('json_object') }),
    z.strictObject({
      type: z.literal('json_schema'),
      json_schema: z.strictObject({
        name: z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/),
        strict: z.literal(true),
        schema: z.looseObject({
          type: z.literal('object'),
          required: z.array(z.string()),
          additionalProperties: z.literal(false),
        }),
      }),
    }),
  ]),
  temperature: z.literal(0),
  seed: z.number().int(),
  max_tokens: z.number().int().max(500),
  stream: z.literal(false),
})

/** A server of the OpenAI form that answers every well-formed question with `answer`. */
export async function startFakeLanguageModel(answer: Answer): Promise<FakeLanguageModel> {
  const requests: FakeRequest[] = []
  const malformed: string[] = []
  const next: Behaviour[] = []

  const server = createServer(async (request, response) => {
    const raw = await textOf(request)
    const problem = problemOf(request, raw)
    if (problem !== null) {
      malformed.push(problem)
      return reply(response, 400, '{}')
    }
    const { messages, response_format } = Request.parse(JSON.parse(raw))
    const [{ content: instruction }, { content: material }] = messages
    requests.push({ format: response_format.type, instruction, material, raw })
    if (fake.plain && response_format.type === 'json_schema') return reply(response, 400, '{}')
    behave(response, next.shift() ?? { kind: 'content', text: JSON.stringify(fake.answer) })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const fake: FakeLanguageModel = {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    malformed,
    next,
    answer,
    plain: false,
    async stop() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return fake
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

function problemOf({ method, url, headers }: IncomingMessage, raw: string): string | null {
  if (method !== 'POST' || url !== '/v1/chat/completions') return `${method} ${url}`
  if (headers['content-type'] !== 'application/json') return 'content type'
  if (headers.authorization !== `Bearer ${API_KEY}`) return 'authorization'
  try {
    return Request.safeParse(JSON.parse(raw)).error?.message ?? null
  } catch {
    return 'no JSON'
  }
}

function behave(response: ServerResponse, behaviour: Behaviour): void {
  const { kind } = behaviour
  if (kind === 'content') reply(response, 200, completion(behaviour.text, behaviour.finish ?? 'stop'))
  if (kind === 'body') reply(response, 200, behaviour.text)
  if (kind === 'huge') reply(response, 200, completion(' '.repeat(70_000), 'stop'))
  if (kind === 'status') {
    if (behaviour.location !== undefined) response.setHeader('location', behaviour.location)
    reply(response, behaviour.status, '{}')
  }
  if (kind === 'cut') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
    response.write('{"choices":[', () => response.destroy())
  }
}

function completion(content: string, finish_reason: string): string {
  const choice = { index: 0, message: { role: 'assistant', content }, finish_reason }
  return JSON.stringify({ id: 'c1', object: 'chat.completion', model: MODEL, choices: [choice] })
}

function reply(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body)
}
