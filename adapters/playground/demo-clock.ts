import { AppError } from '../../src/errors.ts'
import type { Live } from './live.ts'
import type { PlaygroundPorts } from './ports.ts'

/** The clock the page shows, and the jump to the next workday. */
export interface DemoClock {
  state(): { readonly now: number; readonly advancing: boolean }
  /** Grows whenever the page must look again. */
  version(): number
  /** Jumps once however often it is pressed meanwhile. */
  advance(): Promise<void>
}

export function createDemoClock(ports: PlaygroundPorts, live: Live): DemoClock {
  let running: Promise<void> | null = null
  let version = 0

  function moved(): void {
    version++
    live.changed()
  }

  async function jump(nextWorkday: () => Promise<void>): Promise<void> {
    try {
      await nextWorkday()
    } finally {
      running = null
      moved()
    }
  }

  return {
    state: () => ({ now: ports.clock.now(), advancing: running !== null }),
    version: () => version,
    advance() {
      if (ports.nextWorkday === null) throw new AppError('not-found', 'this clock cannot be moved')
      if (running) return running
      running = jump(ports.nextWorkday)
      moved()
      return running
    },
  }
}
