import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { migrate } from '../../src/db/migrate.ts'
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
