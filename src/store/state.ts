import { sql } from 'kysely'
import type { Ctx } from '../context.ts'

/** Names of the small values kept in `state`. */
export type StateName = 'push.paused' | 'demo.clock-offset' | 'events.seen' | 'dead.told' | (string & {})

export async function getState(ctx: Ctx, name: StateName): Promise<string | null> {
  const row = await ctx.db.selectFrom('state').select('value').where('name', '=', name).executeTakeFirst()
  return row?.value ?? null
}

export async function setState(ctx: Ctx, name: StateName, value: string): Promise<void> {
  const updated_at = ctx.clock.now()
  await ctx.db
    .insertInto('state')
    .values({ name, value, updated_at })
    .onConflict((oc) => oc.column('name').doUpdateSet({ value, updated_at }))
    .execute()
}

/** Adds to a number kept in `state` (absent: 0) in one statement, so that no process loses another's; gives the new value. */
export async function addToState(ctx: Ctx, name: StateName, by: number): Promise<number> {
  const updated_at = ctx.clock.now()
  const row = await ctx.db
    .insertInto('state')
    .values({ name, value: String(by), updated_at })
    .onConflict((oc) =>
      oc.column('name').doUpdateSet({
        value: sql<string>`cast(cast(state.value as bigint) + cast(${by} as bigint) as text)`,
        updated_at,
      }),
    )
    .returning('value')
    .executeTakeFirstOrThrow()
  return Number(row.value)
}

/** Changes a value that still is `before` (null: absent); false when another process was faster. */
export async function swapState(
  ctx: Ctx,
  name: StateName,
  before: string | null,
  value: string,
): Promise<boolean> {
  const updated_at = ctx.clock.now()
  if (before === null) {
    const row = { name, value, updated_at }
    const added = await ctx.db
      .insertInto('state')
      .values(row)
      .onConflict((oc) => oc.column('name').doNothing())
      .executeTakeFirst()
    return Number(added.numInsertedOrUpdatedRows ?? 0) === 1
  }
  const changed = await ctx.db
    .updateTable('state')
    .set({ value, updated_at })
    .where('name', '=', name)
    .where('value', '=', before)
    .executeTakeFirst()
  return Number(changed.numUpdatedRows) === 1
}

export async function deleteState(ctx: Ctx, name: StateName): Promise<void> {
  await ctx.db.deleteFrom('state').where('name', '=', name).execute()
}

/** True while risk pushes are switched off: by the settings, or by the administrator in chat. */
export async function pushPaused(ctx: Ctx): Promise<boolean> {
  return ctx.settings.push.paused || (await getState(ctx, 'push.paused')) === '1'
}
