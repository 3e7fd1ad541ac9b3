import type { Ctx } from '../context.ts'

/** What each member has at hand: own customers and open cases. */
export type Loads = ReadonlyMap<number, { readonly customers: number; readonly cases: number }>

/** The loads of everybody who has any. For jobs and for choosing a colleague. */
export async function loadsNow(ctx: Ctx): Promise<Loads> {
  const customers = await ctx.db
    .selectFrom('customers')
    .select((eb) => ['owner_id as id', eb.fn.countAll().as('n')])
    .where('owner_id', 'is not', null)
    .groupBy('owner_id')
    .execute()
  const cases = await ctx.db
    .selectFrom('cases')
    .select((eb) => ['owner_id as id', eb.fn.countAll().as('n')])
    .where('closed_at', 'is', null)
    .groupBy('owner_id')
    .execute()
  const loads = new Map(customers.map((row) => [Number(row.id), { customers: Number(row.n), cases: 0 }]))
  for (const row of cases) {
    const known = loads.get(Number(row.id)) ?? { customers: 0, cases: 0 }
    loads.set(Number(row.id), { ...known, cases: Number(row.n) })
  }
  return loads
}
