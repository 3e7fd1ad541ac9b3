import type { Ctx } from '../context.ts'

/** The learner that was trained on exactly this before, as JSON. */
export async function keptPart(ctx: Ctx, digest: string): Promise<string | null> {
  const row = await ctx.db
    .selectFrom('learning_parts')
    .select('model_json')
    .where('digest', '=', digest)
    .executeTakeFirst()
  return row?.model_json ?? null
}

export async function keepPart(ctx: Ctx, digest: string, model: string): Promise<void> {
  await ctx.db
    .insertInto('learning_parts')
    .values({ digest, created_at: ctx.clock.now(), model_json: model })
    .onConflict((oc) => oc.column('digest').doNothing())
    .execute()
}

/** A training that came to its end needs its parts no more. */
export async function forgetParts(ctx: Ctx): Promise<void> {
  await ctx.db.deleteFrom('learning_parts').execute()
}

/** Forgets what trainings left behind before an instant that never came to their end; how many. */
export async function forgetOldParts(ctx: Ctx, before: number): Promise<number> {
  const result = await ctx.db.deleteFrom('learning_parts').where('created_at', '<', before).executeTakeFirst()
  return Number(result.numDeletedRows)
}
