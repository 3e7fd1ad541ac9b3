import { z } from 'zod'
import { LOOPBACK } from './settings-platform-url.ts'

/** A language model of the firm's own choice, for notes that the built-in reader is unsure of. */
const Assist = z
  .strictObject({
    enabled: z
      .boolean()
      .default(false)
      .describe(
        'Ask a language model about notes the own reader is unsure of; names and figures are taken out first. Off: nothing leaves this machine',
      ),
    url: z
      .url()
      .refine(isSafe, 'expected https, or http on this machine, without user, query or fragment')
      .nullable()
      .default(null)
      .describe('Where it listens, such as http://127.0.0.1:8000/v1; no other host is ever called'),
    model: z.string().min(1).nullable().default(null).describe('Name of the model there'),
    apiKey: z
      .string()
      .min(1)
      .optional()
      .describe('Secret: LIUKE_UNDERSTAND_KEY. Sent as a bearer token; a server of your own may need none'),
    timeoutMs: z
      .number()
      .int()
      .min(200)
      .max(10_000)
      .default(2_500)
      .describe('So long a rep waits at most; then the own reading stands'),
    maxPerDay: z.number().int().min(1).default(500).describe('Questions a day, of all processes together'),
  })
  .superRefine(({ enabled, url, model }, check) => {
    if (!enabled) return
    for (const [name, value] of Object.entries({ url, model })) {
      if (value !== null) continue
      check.addIssue({
        code: 'custom',
        path: [name],
        message: 'needed when understand.assist.enabled is true',
      })
    }
  })
  .prefault({})

export const Understand = z
  .strictObject({ assist: Assist.describe('A language model of your own: docs/understanding.md') })
  .prefault({})

function isSafe(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password, search, hash } = new URL(text)
  if (username !== '' || password !== '' || search !== '' || hash !== '') return false
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname))
}
