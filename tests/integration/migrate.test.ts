import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { migrate } from '../../src/db/migrate.ts'
import { openDatabase } from '../../src/db/open.ts'
import { describeEachDatabase } from '../support/test-ctx.ts'

describeEachDatabase('migrate', (ctx) => {
  it('runs once: a second call finds nothing to do', async () => {
    expect(await migrate(ctx().db)).toEqual([])
  })

  it('refuses a database of a newer schema and says what to do', async () => {
    const { db } = ctx()
    await sql`insert into kysely_migration (name, timestamp) values ('9999-future', '2030-01-01')`.execute(db)
    await expect(migrate(db)).rejects.toMatchObject({
      code: 'config',
      say: expect.stringContaining('9999-future'),
    })
  })
})

it('is one transaction in SQLite: a migration that ends half-way leaves nothing behind', async () => {
  const { db, close } = openDatabase(':memory:')
  await sql`create table score_runs (in_the_way integer)`.execute(db)
  await expect(migrate(db)).rejects.toMatchObject({ code: 'bug' })
  const { rows } = await sql<{ name: string }>`select name from sqlite_master where type = 'table'
    and name not like 'kysely%' and name not like 'sqlite%'`.execute(db)
  expect(rows).toEqual([{ name: 'score_runs' }])
  await sql`drop table score_runs`.execute(db)
  expect((await migrate(db)).length).toBeGreaterThan(10)
  await close()
})
