import type { Ctx } from '../context.ts'
import { type FirstSeen, noteOwnKeys } from '../store/import-seen.ts'
import { type Batch, keepRows, type RowReject, rowText } from './batch.ts'

/** A batch with distinct own keys, and how many rows only repeated an earlier one. */
export interface Distinct {
  readonly batch: Batch
  readonly repeated: number
}

/**
 * Own keys are unique in a file: a second row with the same key counts as unchanged when it says the same, and is
 * rejected, naming the first one, when it does not. Rows with derived keys pass.
 */
export async function rejectDuplicates(ctx: Ctx, runId: number, batch: Batch): Promise<Distinct> {
  const firsts = firstOfEachKey(batch)
  const at = [...firsts.values()]
  const pick = <T>(values: readonly T[]): T[] => at.flatMap((index) => values.slice(index, index + 1))
  const earlier = await noteOwnKeys(ctx, runId, [...firsts.keys()], pick(batch.prints), pick(batch.lines))
  if (earlier.size === 0 && firsts.size === batch.size) return { batch, repeated: 0 }
  return sortOut(batch, firsts, earlier)
}

/** Own keys of the batch and the place of their first row. */
function firstOfEachKey(batch: Batch): Map<string, number> {
  const firsts = new Map<string, number>()
  batch.keys.forEach((key, at) => {
    if (batch.prints[at] !== '' && !firsts.has(key)) firsts.set(key, at)
  })
  return firsts
}

function sortOut(
  batch: Batch,
  firsts: ReadonlyMap<string, number>,
  earlier: ReadonlyMap<string, FirstSeen>,
): Distinct {
  const kept: number[] = []
  const rejects: RowReject[] = []
  let repeated = 0
  for (const [at, key] of batch.keys.entries()) {
    const print = batch.prints[at]
    const first = firsts.get(key) ?? at
    const before = earlier.get(key)
    const fingerprint = before?.fingerprint ?? batch.prints[first]
    if (print === '' || (first === at && !before)) kept.push(at)
    else if (fingerprint === print) repeated++
    else rejects.push(duplicate(batch, at, before?.line ?? batch.lines[first] ?? 0))
  }
  return { batch: keepRows(batch, kept, rejects), repeated }
}

function duplicate(batch: Batch, at: number, firstLine: number): RowReject {
  return {
    line: batch.lines[at] ?? 0,
    field: 'key',
    value: batch.keys[at] ?? '',
    expected: `a key that no other row has: duplicate key, first on line ${firstLine}, with different content`,
    row: rowText(batch, at),
  }
}

/** For pulled pages, where a later row is news about the same thing: the last row of each key wins. */
export function lastOfEachKey(batch: Batch): Distinct {
  const last = new Map(batch.keys.map((key, at) => [key, at]))
  const kept = batch.keys.flatMap((key, at) => (batch.prints[at] === '' || last.get(key) === at ? [at] : []))
  return { batch: keepRows(batch, kept, []), repeated: batch.size - kept.length }
}
