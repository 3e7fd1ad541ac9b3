import { createHash, timingSafeEqual } from 'node:crypto'
import type { Middleware } from 'koa'
import { AppError } from '../errors.ts'

/**
 * Lets only requests pass that name the write key as the user of Basic authentication; the password does not matter.
 * Compared by digest, so that neither length nor content of a wrong key can be measured.
 */
export function writeKeyOnly(key: string): Middleware {
  const wanted = digest(key)
  return async (http, next) => {
    const given = userOf(http.get('Authorization'))
    if (given === null || !timingSafeEqual(digest(given), wanted)) {
      http.set('WWW-Authenticate', 'Basic realm="liuke", charset="UTF-8"')
      throw new AppError('not-allowed', 'the write key is missing or wrong', {
        say: 'The write key is missing or wrong: send LIUKE_WRITE_KEY as the user of Basic authentication.',
        data: { httpStatus: 401 },
      })
    }
    await next()
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** The user of `Basic base64(user:password)`; null when the header is none. */
function userOf(header: string): string | null {
  const [, encoded] = /^basic +([a-z0-9+/]+=*) *$/i.exec(header) ?? []
  if (encoded === undefined) return null
  const [user = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  return user === '' ? null : user
}
