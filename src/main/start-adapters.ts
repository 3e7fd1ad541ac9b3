import type { Log } from '../log.ts'
import type { Accept, Adapter } from '../model/chat.ts'

/**
 * Starts every chat platform. One that cannot start (its server is down, a credential is wrong) does not keep
 * the others from working: it is logged, and `/readyz` says so.
 */
export async function startAdapters(adapters: readonly Adapter[], accept: Accept, log: Log): Promise<void> {
  const starts = adapters.map(async (adapter) => {
    try {
      await adapter.start(accept)
    } catch (error) {
      log.error({ error, adapter: adapter.name }, 'a chat platform could not be started')
    }
  })
  await Promise.all(starts)
}
