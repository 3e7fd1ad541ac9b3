import { AppError } from '../../src/errors.ts'
import type { SwappableValues } from './shared-values.ts'

const TRIES = 50

/**
 * Changes a shared value so that no process loses another's change. `change` gives the new value (null: it stays)
 * and a result; it may be called several times.
 * @throws AppError `busy` when others keep changing it
 */
export async function changeValue<T>(
  shared: Pick<SwappableValues, 'get' | 'swap'>,
  name: string,
  change: (before: string | null) => { readonly after: string | null; readonly result: T },
): Promise<T> {
  for (let tries = 0; tries < TRIES; tries++) {
    const before = await shared.get(name)
    const { after, result } = change(before)
    if (after === null || (await shared.swap(name, before, after))) return result
  }
  throw new AppError('busy', `the shared value ${name} keeps changing`, { retryAfterMs: 1_000 })
}
