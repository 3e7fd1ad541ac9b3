import { decrypt, encrypt, getSignature } from '@wecom/crypto'
import { describe, expect, it } from 'vitest'
import { type Callback, createCallback, TIME_WINDOW_MS } from '../../adapters/wecom/callback.ts'
import { createCrypto } from '../../adapters/wecom/crypto.ts'
import { createReplays } from '../../adapters/wecom/replay.ts'
import { createLog } from '../../src/log.ts'
import type { CallbackRequest } from '../../src/model/chat.ts'
import { decryptRaw, encryptRaw, signatureOf } from '../support/fake-wecom/seal.ts'
import { fc } from '../support/fast-check.ts'
import { frozenClock } from '../support/test-ctx.ts'
import { VECTORS, type Vector, vector } from '../support/wecom-vectors.ts'

const PADDING: Record<string, number> = {
  V1: 7,
  V2: 30,
  V3: 7,
  V4: 22,
  V5: 10,
  V5b: 10,
  V6: 3,
  V7: 13,
  V8: 7,
  V9: 1,
  V10: 3,
}

interface Receiver {
  readonly callback: Callback
  readonly taken: string[]
  readonly clock: ReturnType<typeof frozenClock>
}

/** The receiver a vector was made for, at the time it was made. */
function receiverOf(one: Vector, receiveId = one.receiveid): Receiver {
  const taken: string[] = []
  const clock = frozenClock(Number(one.timestamp) * 1000)
  const keys = { token: one.token, aesKey: one.aesKey, receiveId }
  const take = async (message: string) => void taken.push(message)
  return { callback: createCallback({ keys, clock, log: createLog('silent'), take }), taken, clock }
}

function requestOf(one: Vector, more: Partial<Vector> = {}): CallbackRequest {
  const { kind, sig, timestamp, nonce, encrypt } = { ...one, ...more }
  const query = { msg_signature: sig, timestamp, nonce }
  const url = kind === 'url'
  return {
    method: url ? 'GET' : 'POST',
    path: '/app',
    query: url ? { ...query, echostr: encrypt } : query,
    headers: {},
    body: Buffer.from(url ? '' : `<xml><Encrypt><![CDATA[${encrypt}]]></Encrypt></xml>`),
    gone: new AbortController().signal,
  }
}

/** Signed by the token's owner, whatever is inside. */
function signedAnew(one: Vector, encrypt: string): CallbackRequest {
  return requestOf(one, { encrypt, sig: signatureOf(one.token, one.timestamp, one.nonce, encrypt) })
}

describe('published vectors', () => {
  it('are all there, with the paddings that break naive decoders', () => {
    expect(VECTORS.map((one) => one.v)).toEqual(Object.keys(PADDING))
    for (const one of VECTORS) expect(decryptRaw(one.aesKey, one.encrypt).at(-1), one.v).toBe(PADDING[one.v])
  })

  it.each(VECTORS)('$v passes through the callback', async (one) => {
    const { callback, taken } = receiverOf(one)
    const answer = await callback.handle(requestOf(one))
    expect(answer).toMatchObject({ status: 200, body: one.kind === 'url' ? one.plain : '' })
    expect(taken).toEqual(one.kind === 'url' ? [] : [one.plain])
    expect(callback.refusals()).toEqual({})
  })

  it.each(VECTORS)('$v is sealed byte for byte as published', (one) => {
    const random = decryptRaw(one.aesKey, one.encrypt).subarray(0, 16)
    const crypto = createCrypto({ token: one.token, aesKey: one.aesKey, receiveId: one.receiveid })
    const sealed = crypto.seal(one.plain, one.timestamp, one.nonce, random)
    expect(sealed).toEqual({
      timestamp: one.timestamp,
      nonce: one.nonce,
      encrypt: one.encrypt,
      signature: one.sig,
    })
  })

  it.each(VECTORS)('$v is refused with any one byte changed', async (one) => {
    const { callback, taken } = receiverOf(one)
    for (const field of ['encrypt', 'sig', 'nonce', 'timestamp'] as const) {
      for (let at = 0; at < one[field].length; at++) {
        for (const changed of [flipped(one[field], at), without(one[field], at)]) {
          const { status } = await callback.handle(requestOf(one, { [field]: changed }))
          expect([400, 403], `${field}[${at}]`).toContain(status)
        }
      }
    }
    expect(taken).toEqual([])
  })
})

/** Another character of the same alphabet at one place. */
function flipped(text: string, at: number): string {
  const other = text[at] === '1' ? '2' : '1'
  return text.slice(0, at) + other + text.slice(at + 1)
}

function without(text: string, at: number): string {
  return text.slice(0, at) + text.slice(at + 1)
}

describe("the vendor's library", () => {
  const { token, aesKey, receiveid: receiveId } = vector('V2')
  const ours = createCrypto({ token, aesKey, receiveId })

  it('opens what we seal, and seals what we open', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[0-9]{1,10}$/), (message, nonce) => {
        const sealed = ours.seal(message, '1409659813', nonce)
        expect(decrypt(aesKey, sealed.encrypt)).toMatchObject({ message, id: receiveId })
        expect(getSignature(token, sealed.timestamp, nonce, sealed.encrypt)).toBe(sealed.signature)
        expect(ours.open(encrypt(aesKey, message, receiveId))).toBe(message)
      }),
    )
  })
})

describe('what is inside a signed request', () => {
  const one = vector('V2')
  const key = Buffer.from(one.aesKey, 'base64')
  const plain = decryptRaw(one.aesKey, one.encrypt)

  async function statusOf(padded: Buffer): Promise<number> {
    const { callback } = receiverOf(one)
    return (await callback.handle(signedAnew(one, encryptRaw(key, padded)))).status
  }

  /** The vector's bytes without padding, then whatever the test pads. */
  const content = plain.subarray(0, plain.length - 30)

  it('is taken as it was sealed', async () => {
    expect(await statusOf(plain)).toBe(200)
  })

  it('needs every padding byte', async () => {
    for (let n = 1; n <= 30; n++) {
      const changed = Buffer.from(plain)
      const at = plain.length - n
      changed[at] = (changed[at] ?? 0) ^ 0x40
      expect(await statusOf(changed), `byte -${n}`).toBe(403)
    }
  })

  it.each([0, 14, 33, 255])('is refused with a last byte of %i', async (last) => {
    const changed = Buffer.from(plain)
    changed[plain.length - 1] = last
    expect(await statusOf(changed)).toBe(403)
  })

  it('is refused when padded to 16 bytes only, or by a whole block too much', async () => {
    expect(await statusOf(Buffer.concat([content, Buffer.alloc(14, 14)]))).toBe(403)
    expect(await statusOf(Buffer.concat([content, Buffer.alloc(30, 30), Buffer.alloc(32, 32)]))).toBe(403)
  })

  it.each([0, 1, 0x7fffffff, 0xffffffff])('is refused with a length field of %i', async (length) => {
    const changed = Buffer.from(plain)
    changed.writeUInt32BE(length, 16)
    expect(await statusOf(changed)).toBe(403)
  })

  it('is refused when it is no UTF-8', async () => {
    const changed = Buffer.from(plain)
    changed[24] = 0xff
    expect(await statusOf(changed)).toBe(403)
  })

  it.each(['', 'AAAA', 'AAAAAAAAAAAAAAAAAAAAAA==', '=', 'RypEvHKD8QQKFhvQ6QleEA=='])(
    'is refused when it is no ciphertext: %s',
    async (sealed) => {
      const { callback } = receiverOf(one)
      expect([400, 403]).toContain((await callback.handle(signedAnew(one, sealed))).status)
    },
  )

  it('is refused for another receiver', async () => {
    const first = vector('V1')
    const { callback } = receiverOf(first, 'ww0')
    expect((await callback.handle(requestOf(first))).status).toBe(403)
    expect(callback.refusals()).toEqual({ sealed: 1 })
  })
})

describe('callback', () => {
  const one = vector('V2')

  it('refuses the published wrong nonce', async () => {
    const { callback } = receiverOf(vector('V8'))
    expect((await callback.handle(requestOf(vector('V8'), { nonce: '437374424' }))).status).toBe(403)
  })

  it('answers the check of the address also when + came as a space', async () => {
    const { callback } = receiverOf(vector('V1'))
    const spaced = vector('V1').encrypt.replaceAll('+', ' ')
    expect(spaced).toContain(' ')
    const answer = await callback.handle(requestOf(vector('V1'), { encrypt: spaced }))
    expect(answer).toMatchObject({ status: 200, body: vector('V1').plain })
  })

  it('refuses what is older or newer than the window', async () => {
    for (const away of [-TIME_WINDOW_MS - 1000, TIME_WINDOW_MS + 1000]) {
      const { callback } = receiverOf(one)
      const timestamp = String(Math.round(Number(one.timestamp) + away / 1000))
      const sig = signatureOf(one.token, timestamp, one.nonce, one.encrypt)
      expect((await callback.handle(requestOf(one, { timestamp, sig }))).status).toBe(403)
      expect(callback.refusals()).toEqual({ time: 1 })
    }
  })

  it('takes a repeated request once, and again when the first try failed', async () => {
    let works = false
    let taken = 0
    const callback = createCallback({
      keys: { token: one.token, aesKey: one.aesKey, receiveId: one.receiveid },
      clock: frozenClock(Number(one.timestamp) * 1000),
      log: createLog('silent'),
      async take() {
        if (!works) throw new Error('not stored')
        taken++
      },
    })
    await expect(callback.handle(requestOf(one))).rejects.toThrow('not stored')
    works = true
    const together = await Promise.all([1, 2, 3].map(() => callback.handle(requestOf(one))))
    expect(together.map((answer) => answer.status)).toEqual([200, 200, 200])
    expect((await callback.handle(requestOf(one))).status).toBe(200)
    expect(taken).toBe(1)
  })

  it('tells nothing to whom it refuses, and counts by reason', async () => {
    const { callback } = receiverOf(one)
    const answers = [
      await callback.handle({ ...requestOf(one), method: 'DELETE' }),
      await callback.handle({ ...requestOf(one), body: Buffer.alloc(65_537, 'x') }),
      await callback.handle({ ...requestOf(one), query: {} }),
      await callback.handle({ ...requestOf(one), body: Buffer.from('{"encrypt":"x"}') }),
      await callback.handle(requestOf(one, { sig: '0'.repeat(40) })),
    ]
    expect(answers.map((answer) => answer.status)).toEqual([405, 413, 400, 400, 403])
    expect(answers.map((answer) => answer.body)).toEqual(['', '', '', '', ''])
    expect(callback.refusals()).toEqual({ method: 1, size: 1, query: 1, body: 1, signature: 1 })
  })

  it('wants an EncodingAESKey as the console shows it', () => {
    for (const aesKey of [
      `${one.aesKey}=`,
      `${one.aesKey}\n`,
      one.aesKey.slice(1),
      `$${one.aesKey.slice(1)}`,
    ]) {
      expect(() => createCrypto({ token: 't', aesKey, receiveId: 'r' })).toThrow(
        expect.objectContaining({ code: 'config' }),
      )
    }
  })
})

describe('replays', () => {
  it('are remembered in bounded memory and for a bounded time', async () => {
    const clock = frozenClock(0)
    const replays = createReplays(clock, 1000, 10)
    let runs = 0
    const once = (key: string) =>
      replays.once(key, async () => {
        runs++
        return null
      })
    for (let n = 0; n < 100; n++) await once(`key-${n}`)
    expect(replays.size).toBeLessThanOrEqual(11)
    await once('key-99')
    expect(runs).toBe(100)
    clock.advanceTo(2000)
    await once('late')
    await once('key-99')
    expect(runs).toBe(102)
  })
})
