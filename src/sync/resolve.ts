import type { Ctx } from '../context.ts'
import { customersByKey } from '../store/import-customers.ts'
import { membersByKeyOrName, teamsByName } from '../store/import-members.ts'
import { type Batch, keepRows, type RowReject, rowText, type Value } from './batch.ts'

/** What to do with facts of customers that nobody knows. */
export type UnknownCustomers = 'create' | 'reject'

/** Replaces the names of customers, owners and teams in a batch by ids; rows with unknown ones are rejected. */
export async function resolveReferences(
  ctx: Ctx,
  source: string,
  batch: Batch,
  unknown: UnknownCustomers,
): Promise<Batch> {
  const withCustomers = batch.columns.customer ? await resolveCustomers(ctx, source, batch, unknown) : batch
  const withOwners = batch.columns.owner ? await resolveOwners(ctx, source, withCustomers) : withCustomers
  return batch.columns.team ? resolveTeams(ctx, withOwners) : withOwners
}

async function resolveCustomers(
  ctx: Ctx,
  source: string,
  batch: Batch,
  unknown: UnknownCustomers,
): Promise<Batch> {
  const { ids, ambiguous } = await customersByKey(
    ctx,
    source,
    distinct(batch.columns.customer),
    unknown === 'create',
  )
  const expected = (key: string): string =>
    ambiguous.has(key)
      ? 'a customer key that only one source has (name the source with --source)'
      : 'the key of a known customer (import customers first, or --unknown-customers create)'
  return replaceColumn(batch, 'customer', 'customer_id', (key) => ids.get(key) ?? { expected: expected(key) })
}

async function resolveOwners(ctx: Ctx, source: string, batch: Batch): Promise<Batch> {
  const ids = await membersByKeyOrName(ctx, source, distinct(batch.columns.owner))
  return replaceColumn(batch, 'owner', 'owner_id', (word) => {
    const id = ids.get(word)
    if (id === null) return { expected: 'the key of a member: several have this name' }
    return id ?? { expected: 'the key or name of a known member (import members first)' }
  })
}

async function resolveTeams(ctx: Ctx, batch: Batch): Promise<Batch> {
  const ids = await teamsByName(ctx, distinct(batch.columns.team))
  return replaceColumn(batch, 'team', 'team_id', (name) => ids.get(name) ?? null)
}

function distinct(values: readonly Value[] | undefined): string[] {
  const texts = new Set<string>()
  for (const value of values ?? []) if (value !== null) texts.add(String(value))
  return [...texts]
}

/** Puts `column` with the found values in place of the `name` column; an empty cell stays empty. */
function replaceColumn(
  batch: Batch,
  name: string,
  column: string,
  find: (text: string) => number | null | { expected: string },
): Batch {
  const { [name]: texts = [], ...others } = batch.columns
  const found: (number | null)[] = []
  const kept: number[] = []
  const rejects: RowReject[] = []
  for (let at = 0; at < batch.size; at++) {
    const text = texts[at] ?? null
    const value = text === null ? null : find(String(text))
    if (value !== null && typeof value === 'object') {
      const row = rowText(batch, at)
      rejects.push({ line: batch.lines[at] ?? 0, field: name, value: String(text), row, ...value })
      found.push(null)
    } else {
      found.push(value)
      kept.push(at)
    }
  }
  return keepRows({ ...batch, columns: { ...others, [column]: found } }, kept, rejects)
}
