import type { Log } from '../log.ts'

/** What was started, to be stopped the other way round. */
export interface Parts {
  add(name: string, stop: () => Promise<void>): void
  /** Stops the last one first. One that fails to stop does not keep the others running. */
  stop(): Promise<void>
}

export function startedParts(log: Log): Parts {
  const parts: { name: string; stop: () => Promise<void> }[] = []
  return {
    add: (name, stop) => void parts.push({ name, stop }),
    async stop() {
      for (let part = parts.pop(); part; part = parts.pop()) {
        const { name } = part
        await part.stop().catch((error: unknown) => log.error({ error, part: name }, 'a part did not stop'))
      }
    },
  }
}
