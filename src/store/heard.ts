import type { Ctx } from '../context.ts'
import { textList } from '../db/bulk.ts'

/**
 * Remembers that these people of a platform have written, so that pushes follow them there. Writes only for members of
 * several platforms, and only when they come from another one than the last time.
 */
export async function rememberHeard(ctx: Ctx, platform: string, people: readonly string[]): Promise<void> {
  const moved = await ctx.db
    .selectFrom('identities')
    .innerJoin('identities as other', 'other.member_id', 'identities.member_id')
    .select('identities.person as person')
    .distinct()
    .where('identities.platform', '=', platform)
    .where('identities.person', 'in', textList(ctx.db, people))
    .where('other.platform', '!=', platform)
    .where((eb) =>
      eb(eb.fn.coalesce('other.heard_at', eb.lit(0)), '>=', eb.fn.coalesce('identities.heard_at', eb.lit(0))),
    )
    .execute()
  if (moved.length === 0) return
  await ctx.db
    .updateTable('identities')
    .set({ heard_at: ctx.clock.now() })
    .where('platform', '=', platform)
    .where(
      'person',
      'in',
      textList(
        ctx.db,
        moved.map(({ person }) => person),
      ),
    )
    .execute()
}
