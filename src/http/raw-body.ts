import type { IncomingMessage } from 'node:http'
import { AppError } from '../errors.ts'

/**
 * Reads a request body of at most `limit` bytes.
 * @throws AppError `bad-input` (HTTP 413) as soon as more arrives.
 */
export async function rawBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  // Destroying the request would cut the connection before the 413 is read.
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.from(part)
    size += bytes.length
    if (size > limit) throw tooLarge(limit)
    parts.push(bytes)
  }
  return Buffer.concat(parts)
}

function tooLarge(limit: number): AppError {
  return new AppError('bad-input', 'the request body is too large', { data: { httpStatus: 413, limit } })
}
