import type { SwappableValues } from '../../adapters/shared/shared-values.ts'
import type { Ctx } from '../context.ts'
import { getState, setState, swapState } from '../store/state.ts'

/** The small values that the processes of one company share, in the database. */
export function sharedValues(ctx: Ctx): SwappableValues {
  return {
    get: (name) => getState(ctx, name),
    set: (name, value) => setState(ctx, name, value),
    swap: (name, before, after) => swapState(ctx, name, before, after),
  }
}
