import { z } from 'zod'
import { AppError } from '../../src/errors.ts'

/** Longest text a person can send. */
export const TEXT_MAX = 2000

const Id = z.string().min(1).max(200)
/** Made by the page for every message, so that a repeated POST is stored once. */
const ClientId = z.string().regex(/^[A-Za-z0-9-]{8,64}$/)
const ChatKey = z.string().regex(/^(dm|group):.{1,200}$/s)
const Count = z.coerce.number().int().min(0)

export const TextBody = z.strictObject({
  id: ClientId,
  person: Id,
  chat: ChatKey,
  text: z
    .string()
    .max(TEXT_MAX)
    .transform((text) => text.trim())
    .refine((text) => text !== '', 'expected some text'),
  /** The message with the card it replies to. */
  replyTo: z.number().int().min(1).optional(),
})

export const ActionBody = z.strictObject({
  id: ClientId,
  person: Id,
  message: z.number().int().min(1),
  action: Id,
  payload: z.record(z.string().max(100), z.union([z.string().max(1000), z.number()])),
})

export const InboxQuery = z.object({ person: Id })
export const MessagesQuery = z.object({ person: Id, chat: ChatKey, before: Count })
export const CommandsQuery = z.object({ person: Id, chat: z.enum(['dm', 'group']) })
export const StreamQuery = z.object({ person: Id, since: Count.default(0) })

/** @throws AppError `bad-input` naming the fields that are wrong, never their content. */
export function check<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const fields = result.error.issues.map((issue) => issue.path.join('.') || '(body)')
  throw new AppError('bad-input', 'the request does not have the expected shape', { data: { fields } })
}

/** @throws AppError `bad-input` when the body is no JSON. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (cause) {
    throw new AppError('bad-input', 'the request body is no JSON', { cause })
  }
}
