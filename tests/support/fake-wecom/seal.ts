import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'

/** The callback encryption written a second time, from the documentation and not with the library we use. */
export interface SealKeys {
  readonly token: string
  readonly aesKey: string
  readonly receiveId: string
}

const BLOCK = 32

export function seal({ aesKey, receiveId }: SealKeys, message: string, random = randomBytes(16)): string {
  const key = Buffer.from(aesKey, 'base64')
  const body = Buffer.from(message, 'utf8')
  const length = Buffer.from([body.length >>> 24, body.length >>> 16, body.length >>> 8, body.length])
  const plain = Buffer.concat([random, length, body, Buffer.from(receiveId)])
  const padding = BLOCK - (plain.length % BLOCK)
  return encryptRaw(key, Buffer.concat([plain, Buffer.alloc(padding, padding)]))
}

/** Any bytes, also such as no honest sender would encrypt. */
export function encryptRaw(key: Buffer, padded: Buffer): string {
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64')
}

/** The padded plain bytes of a vector. */
export function decryptRaw(aesKey: string, sealed: string): Buffer {
  const key = Buffer.from(aesKey, 'base64')
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  return Buffer.concat([decipher.update(Buffer.from(sealed, 'base64')), decipher.final()])
}

export function signatureOf(token: string, timestamp: string, nonce: string, sealed: string): string {
  const parts = [token, timestamp, nonce, sealed].map((part) => Buffer.from(part, 'latin1'))
  return createHash('sha1')
    .update(Buffer.concat(parts.sort(Buffer.compare)))
    .digest('hex')
}
