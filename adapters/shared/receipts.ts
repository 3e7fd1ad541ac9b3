import type { Receipt } from '../../src/model/chat.ts'

/** The receipts of the last sends of this process, by key; beyond it the platform's own duplicate check holds. */
export interface Receipts {
  get(key: string): Receipt | undefined
  add(key: string, receipt: Receipt): void
}

const MAX_RECEIPTS = 5_000

export function createReceipts(): Receipts {
  const known = new Map<string, Receipt>()
  return {
    get: (key) => known.get(key),
    add(key, receipt) {
      known.set(key, receipt)
      const [oldest] = known.keys()
      if (known.size > MAX_RECEIPTS && oldest !== undefined) known.delete(oldest)
    },
  }
}
