import { AppError } from '../../src/errors.ts'
import type { Card } from '../../src/model/card.ts'
import type { Adapter, Address, Receipt, UpdateToken } from '../../src/model/chat.ts'

export interface FakeAdapter extends Adapter {
  /** Keys in the order of the calls, repeated ones too. */
  readonly keys: string[]
  readonly sent: { to: Address; card: Card; key: string }[]
  readonly updated: { token: UpdateToken; card: Card }[]
  /** Thrown by the next calls, in order; undefined lets one pass. */
  readonly failures: (AppError | undefined)[]
  /** Makes every update too late. */
  tooLate: boolean
  /** While set, sends wait for it. */
  gate: Promise<void> | null
}

/** A platform in memory that dedupes by key, as real ones that allow it do. */
export function fakeAdapter(name = 'playground'): FakeAdapter {
  const receipts = new Map<string, Receipt>()
  const fake: FakeAdapter = {
    name,
    can: { buttons: true, update: true, charts: false, groups: true, maxBytes: 20_000 },
    keys: [],
    sent: [],
    updated: [],
    failures: [],
    tooLate: false,
    gate: null,
    start: async () => undefined,
    stop: async () => undefined,
    health: () => ({ ok: true, detail: 'fake' }),
    callback: async () => ({ status: 404, headers: {}, body: '' }),
    async send(to, card, key) {
      await fake.gate
      fake.keys.push(key)
      const failure = fake.failures.shift()
      if (failure) throw failure
      const known = receipts.get(key)
      if (known) return known
      fake.sent.push({ to, card, key })
      const receipt = { messageId: `m-${key}`, update: { key }, notShown: [] }
      receipts.set(key, receipt)
      return receipt
    },
    async update(token, card) {
      if (fake.tooLate) throw new AppError('conflict', 'too late')
      fake.updated.push({ token, card })
    },
  }
  return fake
}
