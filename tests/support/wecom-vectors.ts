import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** One published example of the callback encryption (wecom-vectors.jsonl: samples of the vendor and of SDKs). */
const Vector = z.strictObject({
  v: z.string(),
  kind: z.enum(['url', 'msg', 'encrypt']),
  token: z.string(),
  aesKey: z.string(),
  receiveid: z.string(),
  timestamp: z.string(),
  nonce: z.string(),
  sig: z.string(),
  encrypt: z.string(),
  plain: z.string(),
})
export type Vector = z.infer<typeof Vector>

export const VECTORS: readonly Vector[] = readFileSync(
  new URL('../fixtures/wecom-vectors.jsonl', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n')
  .map((line) => Vector.parse(JSON.parse(line)))

export function vector(name: string): Vector {
  const found = VECTORS.find((one) => one.v === name)
  if (!found) throw new Error(`no vector ${name}`)
  return found
}
