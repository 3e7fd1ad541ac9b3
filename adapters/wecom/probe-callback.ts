import { randomInt } from 'node:crypto'
import type { Clock } from '../../src/clock.ts'
import { boundedText } from '../shared/answer-text.ts'
import { type CallbackKeys, createCrypto } from './crypto.ts'

/**
 * What became of a check of the callback address: answered in time (`good`); too late for WeCom (`slow`); nobody there
 * (`away`); refused, so that Token, key or company differ from those of the service (`refused`); no Liuke there
 * (`other`).
 */
export type Probe =
  | { readonly kind: 'good'; readonly ms: number }
  | { readonly kind: 'slow' | 'away' | 'refused' | 'other' }

/** WeCom waits one second for the answer to its check. */
const PATIENCE_MS = 1_000
const TIMEOUT_MS = 5_000

/** Asks the callback address what WeCom asks when an administrator saves it. */
export async function probeCallback(address: URL, keys: CallbackKeys, clock: Clock): Promise<Probe> {
  const echo = String(randomInt(1e12, 9e12))
  const nonce = String(randomInt(1e9, 9e9))
  const sealed = createCrypto(keys).seal(echo, String(Math.floor(clock.now() / 1000)), nonce)
  const url = new URL(address)
  url.search = new URLSearchParams({
    msg_signature: sealed.signature,
    timestamp: sealed.timestamp,
    nonce,
    echostr: sealed.encrypt,
  }).toString()
  const started = clock.now()
  try {
    const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) })
    const text = await boundedText(answer, 10_000)
    const ms = clock.now() - started
    if (answer.status === 403) return { kind: 'refused' }
    if (answer.status !== 200 || text !== echo) return { kind: 'other' }
    return ms > PATIENCE_MS ? { kind: 'slow' } : { kind: 'good', ms }
  } catch {
    return { kind: 'away' }
  }
}
