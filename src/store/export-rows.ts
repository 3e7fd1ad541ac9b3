import type { Ctx } from '../context.ts'

/** Rows read at once while a table is streamed out. */
const PAGE = 2000

export type ExportRow = Readonly<Record<string, string | number | null>>

/** Reads a table page by page behind the last key seen: memory holds one page, no long read transaction. */
async function* paged<T>(
  read: (after: number) => Promise<T[]>,
  keyOf: (row: T) => number,
): AsyncGenerator<T> {
  for (let after = 0; ; ) {
    const rows = await read(after)
    yield* rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return
    after = keyOf(last)
  }
}

export function allScores({ db }: Ctx) {
  return paged(
    (after) =>
      db
        .selectFrom('scores')
        .innerJoin('customers', 'customers.id', 'scores.customer_id')
        .leftJoin('members', 'members.id', 'customers.owner_id')
        .selectAll('scores')
        .select(['customers.source_key as key', 'customers.name as name', 'members.name as owner'])
        .where('scores.customer_id', '>', after)
        .orderBy('scores.customer_id')
        .limit(PAGE)
        .execute(),
    (row) => Number(row.customer_id),
  )
}

export function allEvents({ db }: Ctx) {
  return paged(
    (after) =>
      db
        .selectFrom('events')
        .innerJoin('customers', 'customers.id', 'events.customer_id')
        .selectAll('events')
        .select('customers.source_key as customer')
        .where('events.id', '>', after)
        .orderBy('events.id')
        .limit(PAGE)
        .execute(),
    (row) => Number(row.id),
  )
}

export function allFollowUps({ db }: Ctx) {
  return paged(
    (after) =>
      db
        .selectFrom('follow_ups')
        .innerJoin('customers', 'customers.id', 'follow_ups.customer_id')
        .innerJoin('members', 'members.id', 'follow_ups.member_id')
        .selectAll('follow_ups')
        .select(['customers.source_key as customer', 'customers.name as name', 'members.name as member'])
        .where('follow_ups.id', '>', after)
        .where('follow_ups.undone_at', 'is', null)
        .orderBy('follow_ups.id')
        .limit(PAGE)
        .execute(),
    (row) => Number(row.id),
  )
}

export function allCases({ db }: Ctx) {
  return paged(
    (after) =>
      db
        .selectFrom('cases')
        .innerJoin('customers', 'customers.id', 'cases.customer_id')
        .innerJoin('members', 'members.id', 'cases.owner_id')
        .selectAll('cases')
        .select(['customers.source_key as customer', 'customers.name as name', 'members.name as owner'])
        .where('cases.id', '>', after)
        .orderBy('cases.id')
        .limit(PAGE)
        .execute(),
    (row) => Number(row.id),
  )
}

export function allRejects({ db }: Ctx, runId: number | null) {
  return paged(
    (after) => {
      let query = db
        .selectFrom('import_rejects')
        .innerJoin('import_runs', 'import_runs.id', 'import_rejects.run_id')
        .selectAll('import_rejects')
        .select(['import_runs.file as file', 'import_runs.entity as entity'])
        .where('import_rejects.id', '>', after)
      if (runId !== null) query = query.where('import_rejects.run_id', '=', runId)
      return query.orderBy('import_rejects.id').limit(PAGE).execute()
    },
    (row) => Number(row.id),
  )
}
