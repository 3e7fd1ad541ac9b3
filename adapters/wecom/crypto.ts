import { isUtf8 } from 'node:buffer'
import { createDecipheriv, createSecretKey, timingSafeEqual } from 'node:crypto'
import { encrypt, getSignature } from '@wecom/crypto'
import { AppError } from '../../src/errors.ts'

/** The three secrets of one callback receiver, as the admin console shows them. */
export interface CallbackKeys {
  readonly token: string
  readonly aesKey: string
  /** CorpID for a self-built app. */
  readonly receiveId: string
}

/** What WeCom signs: the query of a callback and the encrypted part of its body. */
export interface Signed {
  readonly timestamp: string
  readonly nonce: string
  readonly encrypt: string
}

export interface CallbackCrypto {
  /** Compares in constant time. Says nothing about what is inside. */
  signedBy(signature: string, signed: Signed): boolean
  /** The message inside, or null when key, padding, length field, encoding or receive id are wrong. */
  open(sealed: string): string | null
  /** Encrypts and signs a reply. `random` (16 bytes) is given by tests only. */
  seal(message: string, timestamp: string, nonce: string, random?: Buffer): Signed & { signature: string }
}

/** What the console hands out: 43 letters and digits. */
export const AES_KEY = /^[A-Za-z0-9]{43}$/
const SIGNATURE = /^[0-9a-f]{40}$/

/** The platform pads to whole blocks of 32 bytes, twice what AES needs. */
const BLOCK = 32
const IV_BYTES = 16
/** Random bytes, then the length of the message in four. */
const RANDOM_BYTES = 16
const HEAD_BYTES = RANDOM_BYTES + 4

/**
 * Signs and seals with the vendor's library. What comes from outside is opened here in one pass, for the library checks
 * neither padding bytes nor the length field, the receiver or the encoding.
 * @throws AppError `config` for a key that is none
 */
export function createCrypto({ token, aesKey, receiveId }: CallbackKeys): CallbackCrypto {
  if (!AES_KEY.test(aesKey)) throw new AppError('config', 'the EncodingAESKey is not 43 letters and digits')
  const bytes = Buffer.from(aesKey, 'base64')
  const iv = bytes.subarray(0, IV_BYTES)
  const key = createSecretKey(bytes)
  const receiver = Buffer.from(receiveId)
  const sign = ({ timestamp, nonce, encrypt: sealed }: Signed): string =>
    getSignature(token, timestamp, nonce, sealed)

  function decrypted(sealed: string): Buffer | null {
    const cipher = Buffer.from(sealed, 'base64')
    if (cipher.length === 0 || cipher.length % BLOCK !== 0 || cipher.toString('base64') !== sealed)
      return null
    const decipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false)
    return Buffer.concat([decipher.update(cipher), decipher.final()])
  }

  return {
    signedBy(signature, signed) {
      if (!SIGNATURE.test(signature)) return false
      return timingSafeEqual(Buffer.from(signature, 'latin1'), Buffer.from(sign(signed), 'latin1'))
    },
    open(sealed) {
      const padded = decrypted(sealed)
      const content = padded && withoutPadding(padded)
      return content && messageIn(content, receiver)
    },
    seal(message, timestamp, nonce, random) {
      const sealed = encrypt(aesKey, message, receiveId, random)
      const signed = { timestamp, nonce, encrypt: sealed }
      return { ...signed, signature: sign(signed) }
    },
  }
}

/** Null unless the last byte n is one of 1 to 32 and the n last bytes are all n. */
function withoutPadding(padded: Buffer): Buffer | null {
  const pad = padded.at(-1) ?? 0
  if (pad < 1 || pad > BLOCK) return null
  return padded.subarray(-pad).every((byte) => byte === pad) ? padded.subarray(0, -pad) : null
}

/** Null unless it has the length it says, is sealed for this receiver and is UTF-8. */
function messageIn(content: Buffer, receiver: Buffer): string | null {
  if (content.length < HEAD_BYTES) return null
  const end = HEAD_BYTES + content.readUInt32BE(RANDOM_BYTES)
  if (end + receiver.length !== content.length || !content.subarray(end).equals(receiver)) return null
  const message = content.subarray(HEAD_BYTES, end)
  return isUtf8(message) ? message.toString() : null
}
