/** The text of an answer, up to `maxBytes`. @throws Error when it is longer */
export async function boundedText(answer: Response, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const part of answer.body ?? []) {
    bytes += part.length
    if (bytes > maxBytes) throw new Error('the answer is too long')
    text += decoder.decode(part, { stream: true })
  }
  return text + decoder.decode()
}

/** Why a request failed: the system's own code (`ECONNREFUSED`, …) where there is one, else the kind of the error. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const code: unknown = error.cause instanceof Error ? Reflect.get(error.cause, 'code') : undefined
  return typeof code === 'string' ? code : error.name
}
