import type { IncomingMessage } from 'node:http'
import { AppError } from '../errors.ts'

/**
 * Reads a request body of at most `limit` bytes. With events: an iterator over a request costs as much as the rest of
 * a small one.
 * @throws AppError `bad-input` (HTTP 413) as soon as more arrives, or when the body breaks off.
 */
export function rawBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let size = 0
    request.on('data', (part: Buffer) => {
      size += part.length
      if (size <= limit) return void parts.push(part)
      // Destroying the request would cut the connection before the 413 is read.
      request.pause()
      reject(tooLarge(limit))
    })
    request.once('end', () => resolve(parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)))
    request.once('error', () => reject(brokenOff()))
    request.once('close', () => void (request.complete || reject(brokenOff())))
  })
}

function tooLarge(limit: number): AppError {
  return new AppError('bad-input', 'the request body is too large', { data: { httpStatus: 413, limit } })
}

function brokenOff(): AppError {
  return new AppError('bad-input', 'the request broke off')
}
