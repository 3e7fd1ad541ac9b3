import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import type { SharedValues } from './shared-values.ts'

const NONCE_BYTES = 12
const TAG_BYTES = 16

/** Seals values so that only holders of `secret` can read them. */
export interface Sealer {
  seal(name: string, value: string): string
  /** Null for what cannot be opened. */
  open(name: string, stored: string): string | null
}

export function createSealer(secret: string): Sealer {
  const key = createHash('sha256').update('liuke sealed values\0').update(secret).digest()
  return {
    seal: (name, value) => seal(key, name, value),
    open: (name, stored) => open(key, name, stored),
  }
}

/**
 * Shared values that only holders of `secret` can read: a copy of the database gives nobody an access token.
 * AES-256-GCM; the name is authenticated too. What cannot be opened reads as absent.
 */
export function sealedValues(shared: SharedValues, secret: string): SharedValues {
  const sealer = createSealer(secret)
  return {
    async get(name) {
      const stored = await shared.get(name)
      return stored === null ? null : sealer.open(name, stored)
    },
    set: (name, value) => shared.set(name, sealer.seal(name, value)),
  }
}

function seal(key: Buffer, name: string, value: string): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(name))
  const body = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64')
}

function open(key: Buffer, name: string, stored: string): string | null {
  const bytes = Buffer.from(stored, 'base64')
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return null
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    })
    decipher.setAAD(Buffer.from(name))
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES))
    const body = bytes.subarray(NONCE_BYTES + TAG_BYTES)
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
  } catch {
    // Sealed with another secret, or damaged: a new value replaces it.
    return null
  }
}
