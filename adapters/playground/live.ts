/** Wakes the open streams when something changed. It carries no data: streams read the history themselves. */
export interface Live {
  /** Aborts at the next change; take it before reading, so that no change falls in between. */
  next(): AbortSignal
  changed(): void
  readonly closed: boolean
  close(): void
}

export function createLive(): Live {
  let waiting = new AbortController()
  let closed = false

  function changed(): void {
    const woken = waiting
    waiting = new AbortController()
    woken.abort()
  }

  return {
    next: () => waiting.signal,
    changed,
    get closed() {
      return closed
    },
    close() {
      closed = true
      changed()
    },
  }
}
