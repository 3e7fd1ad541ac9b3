import type { Ctx } from '../context.ts'

/**
 * Something that only one process may hold at a time: a row of `state` whose value is the holder and whose time is that
 * of its last sign of life.
 */
const rowOf = (name: string): string => `lease.${name}`

/**
 * Takes the lease or prolongs it, in one statement. False while another holder has shown life within `leaseMs`.
 * @param holder a name that no other process has
 */
export async function takeLease(ctx: Ctx, name: string, holder: string, leaseMs: number): Promise<boolean> {
  const updated_at = ctx.clock.now()
  const row = await ctx.db
    .insertInto('state')
    .values({ name: rowOf(name), value: holder, updated_at })
    .onConflict((oc) =>
      oc
        .column('name')
        .doUpdateSet({ value: holder, updated_at })
        .where((eb) =>
          eb.or([eb('state.value', '=', holder), eb('state.updated_at', '<=', updated_at - leaseMs)]),
        ),
    )
    .returning('name')
    .executeTakeFirst()
  return row !== undefined
}

/** Gives the lease back; nothing happens when another holder has it. */
export async function releaseLease(ctx: Ctx, name: string, holder: string): Promise<void> {
  await ctx.db.deleteFrom('state').where('name', '=', rowOf(name)).where('value', '=', holder).execute()
}
