import type { Ctx } from '../context.ts'
import { endCustody, keptOwners } from '../store/custody.ts'
import { adoptPlaceholders } from '../store/import-customers.ts'
import {
  type FactColumns,
  type Fallbacks,
  idsByKey,
  upsertFacts,
  type Written,
} from '../store/import-facts.ts'
import { bindPeople } from '../store/import-members.ts'
import { addDerived, type OwnIds } from './add-derived.ts'
import { type Batch, keepRows } from './batch.ts'
import { contactsBefore, writeContactChanges } from './contact-changes.ts'
import { writeLowSurveys } from './low-surveys.ts'

const PLATFORMS = ['wecom', 'dingtalk', 'playground'] as const

/** Where a batch goes. */
export interface Target {
  readonly source: string
  readonly runId: number
  readonly own: OwnIds
}

/** Writes a batch of resolved rows with distinct own keys. Call it inside a transaction. */
export async function writeBatch(ctx: Ctx, target: Target, batch: Batch): Promise<Written> {
  if (batch.size === 0) return { added: 0, changed: 0 }
  switch (batch.entity) {
    case 'events':
      return writeFacts(ctx, target, batch)
    case 'surveys':
      return writeSurveys(ctx, target, batch)
    case 'customers':
      return writeCustomers(ctx, target.source, batch)
    case 'contacts':
      return writeContacts(ctx, target.source, batch)
    case 'members':
      return writeMembers(ctx, target.source, batch)
  }
}

async function writeSurveys(ctx: Ctx, target: Target, batch: Batch): Promise<Written> {
  const written = await writeFacts(ctx, target, batch)
  await writeLowSurveys(ctx, batch)
  return written
}

async function writeFacts(ctx: Ctx, target: Target, batch: Batch): Promise<Written> {
  const places = batch.keys.map((_, at) => at)
  const derived = keepRows(
    batch,
    places.filter((at) => batch.prints[at] === ''),
    [],
  )
  const own = keepRows(
    batch,
    places.filter((at) => batch.prints[at] !== ''),
    [],
  )
  const table = batch.entity
  const addedDerived = derived.size === 0 ? 0 : await addDerived(ctx, { ...target, table }, derived)
  if (own.size === 0) return { added: addedDerived, changed: 0 }
  const written = await upsertFacts(ctx, table, target.source, own.keys, own.columns)
  return { added: addedDerived + written.added, changed: written.changed }
}

async function writeCustomers(ctx: Ctx, source: string, batch: Batch): Promise<Written> {
  await adoptPlaceholders(ctx, source, batch.keys)
  const { name, ...others } = batch.columns
  // A customer without a name is called by its key.
  const names = name?.map((value, at) => value ?? batch.keys[at] ?? null)
  const owners = others.owner_id && { owner_id: await ownersNow(ctx, source, batch.keys, others.owner_id) }
  const columns: FactColumns = { ...others, ...owners, ...(names && { name: names }) }
  const fallbacks: Fallbacks = names === undefined ? { name: batch.keys } : {}
  return upsertFacts(ctx, 'customers', source, batch.keys, columns, fallbacks)
}

/** A customer that was given away (转交, 交接) keeps its owner until the source names another than it did then. */
async function ownersNow(
  ctx: Ctx,
  source: string,
  keys: readonly string[],
  named: FactColumns[string],
): Promise<FactColumns[string]> {
  const kept = await keptOwners(ctx, source, keys)
  if (kept.size === 0) return named
  const changed = keys.filter((key, at) => kept.has(key) && kept.get(key)?.named !== (named[at] ?? null))
  await endCustody(ctx, source, changed)
  const over = new Set(changed)
  return named.map((value, at) => {
    const key = keys[at] ?? ''
    return over.has(key) ? value : (kept.get(key)?.owner ?? value)
  })
}

async function writeContacts(ctx: Ctx, source: string, batch: Batch): Promise<Written> {
  const before = await contactsBefore(ctx, source, batch)
  const written = await upsertFacts(ctx, 'contacts', source, batch.keys, batch.columns)
  await writeContactChanges(ctx, source, batch, before)
  return written
}

async function writeMembers(ctx: Ctx, source: string, batch: Batch): Promise<Written> {
  const { wecom, dingtalk, playground, ...columns } = batch.columns
  const fallbacks = columns.role === undefined ? { role: 'rep' } : {}
  const written = await upsertFacts(ctx, 'members', source, batch.keys, columns, fallbacks)
  const people = { wecom, dingtalk, playground }
  const ids = await idsByKey(ctx, 'members', source, batch.keys)
  for (const platform of PLATFORMS) {
    const persons = batch.keys.flatMap((key, at) => {
      const person = people[platform]?.[at]
      const memberId = ids.get(key)
      return person == null || memberId === undefined ? [] : [{ person: String(person), memberId }]
    })
    await bindPeople(ctx, platform, persons)
  }
  return written
}
