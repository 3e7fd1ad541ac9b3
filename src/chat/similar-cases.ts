import { totalsScopeOf } from '../access.ts'
import type { SimilarInput } from '../cards/play.ts'
import type { Ctx } from '../context.ts'
import type { Customer } from '../model/customer.ts'
import { playTitle } from '../retention/plays/book.ts'
import { similarOf } from '../retention/plays/similar.ts'
import { workedCases } from '../store/saved-cases.ts'
import type { Call } from './command.ts'

/** The newest so many tell enough. */
const MAX_CASES = 500

/** What became of the team's cases of the same cause and segment: totals, never another's customer (A83). */
export async function similarCases(
  ctx: Ctx,
  { actor, today }: Pick<Call<unknown>, 'actor' | 'today'>,
  { id, segment, cause }: Pick<Customer, 'id' | 'segment'> & { readonly cause: string },
): Promise<SimilarInput> {
  const like = { cause, segment, except: id, asOf: today }
  const { how, ...counts } = similarOf(await workedCases(ctx, totalsScopeOf(actor), like, MAX_CASES))
  const play = how.play === null ? null : playTitle(how.play, ctx.settings.locale)
  return { ...counts, how: { ...how, play } }
}
