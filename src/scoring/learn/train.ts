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

/** Cuts one progress bar in two, the first part so large a share of it. */
export function shareOf(
  { signal, progress }: TrainControl,
  first: number,
): { readonly first: TrainControl; readonly second: TrainControl } {
  return {
    first: { signal, progress: progress && ((done) => progress(done * first)) },
    second: { signal, progress: progress && ((done) => progress(first + done * (1 - first))) },
  }
}

/** A `progress` that tells every tenth of the work once, in percent. */
export function everyTenth(tell: (percent: number) => void): (done: number) => void {
  let told = 0
  return (done) => {
    const tenth = Math.floor(done * 10 + 1e-9)
    if (tenth <= told) return
    told = tenth
    tell(tenth * 10)
  }
}
