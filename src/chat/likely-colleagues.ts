import type { Ctx } from '../context.ts'
import type { Colleague, Duty } from '../model/duty.ts'
import { loadsNow } from '../store/loads.ts'

/** A colleague offered on a button, with the open cases at hand. */
export interface LikelyColleague {
  readonly id: number
  readonly name: string
  readonly load: number
}

/** Buttons of one question. */
const SHOWN = 6

/** Those of `among` who are at work, the ones with the fewest open cases first. */
export async function likelyColleagues(
  ctx: Ctx,
  among: readonly Colleague[],
  duty: Duty,
): Promise<LikelyColleague[]> {
  const loads = await loadsNow(ctx)
  return among
    .filter(({ id }) => duty.isThere(id))
    .map(({ id, name }) => ({ id, name, load: loads.get(id)?.cases ?? 0 }))
    .sort((a, b) => a.load - b.load || a.id - b.id)
    .slice(0, SHOWN)
}
