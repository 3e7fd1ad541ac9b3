import { timingSafeEqual } from 'node:crypto'
import { decrypt, encrypt, getSignature } from '@wecom/crypto'
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

/** What the console hands out: 43 letters and digits. The library takes more, which would hide a bad paste. */
export const AES_KEY = /^[A-Za-z0-9]{43}$/
const SIGNATURE = /^[0-9a-f]{40}$/

/** @throws AppError `config` for a key that is none. */
export function createCrypto({ token, aesKey, receiveId }: CallbackKeys): CallbackCrypto {
  if (!AES_KEY.test(aesKey)) throw new AppError('config', 'the EncodingAESKey is not 43 letters and digits')
  const sign = ({ timestamp, nonce, encrypt: sealed }: Signed): string =>
    getSignature(token, timestamp, nonce, sealed)
  return {
    signedBy(signature, signed) {
      if (!SIGNATURE.test(signature)) return false
      return timingSafeEqual(Buffer.from(signature, 'latin1'), Buffer.from(sign(signed), 'latin1'))
    },
    open: (sealed) => openStrictly(sealed, aesKey, receiveId),
    seal(message, timestamp, nonce, random) {
      const sealed = encrypt(aesKey, message, receiveId, random)
      const signed = { timestamp, nonce, encrypt: sealed }
      return { ...signed, signature: sign(signed) }
    },
  }
}

/**
 * The library neither checks padding bytes and the length field nor refuses text that is no UTF-8. All of that
 * shows when the result is encrypted again with the same random bytes: only an exact original gives the same
 * base64 text.
 */
function openStrictly(sealed: string, aesKey: string, receiveId: string): string | null {
  try {
    const { message, id, random } = decrypt(aesKey, sealed)
    return id === receiveId && encrypt(aesKey, message, id, random) === sealed ? message : null
  } catch {
    // The library throws errors of several kinds for ciphertexts that are none.
    return null
  }
}
