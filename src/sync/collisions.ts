import type { Ctx } from '../context.ts'
import { eventsByKey } from '../store/import-facts.ts'
import { type Batch, keepRows, type RowReject, rowText } from './batch.ts'

/**
 * Order 1001 of one system and ticket 1001 of another must not become one event because both files were loaded
 * under the same source. A correction changes the kind of an event or its customer; where both differ, the key
 * means two things, and the row is rejected instead of replacing the other.
 */
export async function rejectCollisions(ctx: Ctx, source: string, batch: Batch): Promise<Batch> {
  const own = batch.keys.filter((_, at) => batch.prints[at] !== '')
  if (batch.entity !== 'events' || own.length === 0) return batch
  const stored = await eventsByKey(ctx, source, own)
  if (stored.size === 0) return batch
  const kept: number[] = []
  const rejects: RowReject[] = []
  for (let at = 0; at < batch.size; at++) {
    const known = batch.prints[at] === '' ? undefined : stored.get(batch.keys[at] ?? '')
    const same = !known || isSameThing(batch, at, known)
    if (same) kept.push(at)
    else rejects.push(collision(batch, at, known.kind))
  }
  return keepRows(batch, kept, rejects)
}

function isSameThing(batch: Batch, at: number, known: { customerId: number; kind: string }): boolean {
  return batch.columns.customer_id?.[at] === known.customerId || batch.columns.kind?.[at] === known.kind
}

function collision(batch: Batch, at: number, kind: string): RowReject {
  const value = batch.keys[at] ?? ''
  return {
    line: batch.lines[at] ?? 0,
    field: 'key',
    value,
    expected: `a key of its own: this source has it for a ${kind} of another customer (give each system its --source)`,
    row: rowText(batch, at),
  }
}
