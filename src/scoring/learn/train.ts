import { setImmediate } from 'node:timers/promises'

/** How a long training run is watched and stopped. */
export interface TrainControl {
  readonly signal?: AbortSignal | undefined
  /** Called with the share of the work that is done, 0..1. */
  readonly progress?: ((done: number) => void) | undefined
}

/** Lets other work of the thread run, reports, and throws the signal's reason once the run was aborted. */
export async function breathe(control: TrainControl, done: number): Promise<void> {
  control.progress?.(done)
  await setImmediate()
  control.signal?.throwIfAborted()
}
