import { type Kysely, sql } from 'kysely'
import type { Schema } from '../../src/db/schema.ts'

/** Synthetic customers with a few orders each, owned by nobody: work for the scorer, invisible to the reps. */
export async function addSyntheticCustomers(
  db: Kysely<Schema>,
  customers: number,
  ordersEach: number,
): Promise<void> {
  const numbers = sql.raw(
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${customers})`,
  )
  await sql`${numbers} insert into customers (source, source_key, name)
    select 'bench', 'b' || i, '客户' || i from n`.execute(db)
  for (let order = 0; order < ordersEach; order++) {
    await sql`insert into events (source, source_key, customer_id, kind, at, day, amount)
      select 'bench', source_key || '-' || ${order}, id, 'order', (day + 0.5) * 86400000, day, 10000 + id % 977
      from (select id, source_key, cast(20200 + ${order} * (20 + id % 60) + id % 13 as integer) as day
        from customers where source = 'bench')`.execute(db)
  }
}
