import type Router from '@koa/router'
import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { AppError } from '../../errors.ts'
import type { Connector } from '../../sync/connector.ts'
import { runSync } from '../../sync/run-sync.ts'
import { rawBody } from '../raw-body.ts'
import { writeKeyOnly } from '../write-key.ts'

/** The source of what comes over HTTP: keys of answers are unique in it. */
const SOURCE = 'webhook'
const MAX_ROWS = 500
const SHOWN_PROBLEMS = 10

const Key = z.union([z.string().trim().min(1).max(200), z.number().int()])
const Answer = z.strictObject({
  /** Of the answer: sending it again changes nothing, or corrects it. */
  key: Key,
  customer: Key,
  at: z.string().max(40),
  kind: z.string().max(20),
  score: z.union([z.number(), z.string().max(20)]),
  contact: z.string().max(500).optional(),
  text: z.string().max(8000).optional(),
})
type Answer = z.infer<typeof Answer>
const One = Answer.transform((one) => [one])
const Many = z
  .strictObject({ surveys: z.array(Answer).min(1).max(MAX_ROWS) })
  .transform(({ surveys }) => surveys)

/**
 * `POST /v1/surveys`: answers of NPS (0–10) and satisfaction (1–5) surveys, one or up to 500, through the same checks as a
 * file. A row that cannot be read never stops the others: it is kept, counted and told. Customers must be known.
 */
export function surveysRoute(router: Router, ctx: Ctx, writeKey: string): void {
  router.post('/v1/surveys', writeKeyOnly(writeKey), async (http) => {
    const answers = readBody(await rawBody(http.req, ctx.settings.http.bodyLimitBytes))
    const { surveys } = await runSync(ctx, asSource(answers), { unknownCustomers: 'reject' })
    const { seconds: _, ...report } = surveys
    http.body = report
  })
}

/** @throws AppError `bad-input` (HTTP 400) naming what is wrong, field by field. */
function readBody(body: Buffer): readonly Answer[] {
  let json: unknown
  try {
    json = JSON.parse(body.toString('utf8'))
  } catch {
    throw unreadable(['the body is not JSON'])
  }
  const many = typeof json === 'object' && json !== null && 'surveys' in json
  const result = (many ? Many : One).safeParse(json)
  if (result.success) return result.data
  throw unreadable(result.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`))
}

function unreadable(problems: readonly string[]): AppError {
  const say = problems.slice(0, SHOWN_PROBLEMS).join('; ')
  return new AppError('bad-input', 'the surveys cannot be read', { say })
}

function asSource(answers: readonly Answer[]): Connector {
  const rows = answers.map((answer, at) => ({
    entity: 'surveys' as const,
    line: at + 1,
    values: Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, String(value)])),
  }))
  return {
    name: SOURCE,
    async *pull() {
      yield { rows, next: '' }
    },
  }
}
