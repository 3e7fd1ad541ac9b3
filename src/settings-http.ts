import { z } from 'zod'

/** The server for callbacks, figures and pages. */
export const Http = z
  .strictObject({
    host: z.string().default('127.0.0.1').describe('Address to listen on; 127.0.0.1 is this machine only'),
    port: z
      .number()
      .int()
      .min(0)
      .max(65_535)
      .default(8420)
      .describe('Port to listen on; 0 takes any free one'),
    bodyLimitBytes: z
      .number()
      .int()
      .min(1024)
      .default(1_048_576)
      .describe('Larger request bodies are refused (413)'),
    writeKey: z
      .string()
      .min(16, 'expected at least 16 characters')
      .optional()
      .describe('Secret: LIUKE_WRITE_KEY. Who sends it may post answers to surveys; without it nobody may'),
    publicUrl: z
      .url({ protocol: /^https$/ })
      .refine(isOrigin, 'expected an address without a path, such as https://liuke.example.com')
      .transform((text) => new URL(text).origin)
      .nullable()
      .default(null)
      .describe(
        'Where browsers find the board (https); null = no board, except for the demo on this machine',
      ),
  })
  .prefault({})

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { origin, href, username } = new URL(text)
  return username === '' && href === `${origin}/`
}
