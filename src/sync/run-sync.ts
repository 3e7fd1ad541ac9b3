import { stopwatch } from '../clock.ts'
import { type Ctx, inTransaction } from '../context.ts'
import { asAppError } from '../errors.ts'
import { getState, setState } from '../store/state.ts'
import type { Batch } from './batch.ts'
import { type Connector, ENTITIES, type Entity, type SourcePage, type SourceRow } from './connector.ts'
import { FIELDS } from './fields.ts'
import { Load } from './load.ts'
import { createNormaliser } from './normalise.ts'
import type { ImportReport } from './report.ts'
import type { UnknownCustomers } from './resolve.ts'

export interface SyncOptions {
  readonly signal?: AbortSignal
  /** Called after every page with the rows read so far. */
  readonly progress?: (read: number) => void
  readonly unknownCustomers?: UnknownCustomers
}

/**
 * Pulls what is new from a connector, through the same checks as files. The cursor is stored in the transaction
 * of its page: after an interruption the next run goes on where the last whole page ended.
 */
export async function runSync(
  ctx: Ctx,
  connector: Connector,
  options: SyncOptions = {},
): Promise<Record<Entity, ImportReport>> {
  const seconds = stopwatch()
  const signal = options.signal ?? new AbortController().signal
  const loads = new Map<Entity, Load>()
  const cursorName = `sync.cursor.${connector.name}`
  let error: string | null = null
  try {
    for await (const page of connector.pull(await getState(ctx, cursorName), signal)) {
      const { unknownCustomers = 'create' } = options
      await startLoads(ctx, { source: connector.name, unknownCustomers }, loads, page)
      await inTransaction(ctx, async (inner) => {
        for (const batch of batchesOf(inner, page)) await loads.get(batch.entity)?.write(inner, batch)
        await setState(inner, cursorName, page.next)
      })
      options.progress?.([...loads.values()].reduce((sum, load) => sum + load.read, 0))
      if (signal.aborted) break
    }
  } catch (thrown) {
    error = asAppError(thrown).message
    throw thrown
  } finally {
    for (const load of loads.values()) await load.finish(ctx, error)
  }
  return reportsOf(loads, seconds())
}

async function startLoads(
  ctx: Ctx,
  { source, unknownCustomers }: { readonly source: string; readonly unknownCustomers: UnknownCustomers },
  loads: Map<Entity, Load>,
  page: SourcePage,
): Promise<void> {
  for (const entity of new Set(page.rows.map((row) => row.entity))) {
    if (loads.has(entity)) continue
    const run = { source, entity, file: `connector:${source}`, digest: null }
    loads.set(entity, await Load.start(ctx, run, { unknownCustomers, sameKey: 'replace' }))
  }
}

/** The rows of a page as batches in the order of `ENTITIES`; rows with different fields stand apart. */
function batchesOf(ctx: Ctx, page: SourcePage): Batch[] {
  return ENTITIES.flatMap((entity) => {
    const groups = new Map<string, SourceRow[]>()
    for (const row of page.rows) {
      if (row.entity !== entity) continue
      const shape = Object.keys(row.values).sort().join(',')
      const group = groups.get(shape)
      if (group) group.push(row)
      else groups.set(shape, [row])
    }
    return [...groups.values()].map((rows) => readRows(ctx, entity, rows))
  })
}

function readRows(ctx: Ctx, entity: Entity, rows: readonly SourceRow[]): Batch {
  const present = new Set(Object.keys(rows[0]?.values ?? {}))
  const names = FIELDS[entity].map((spec) => spec.name)
  for (const spec of FIELDS[entity]) if (spec.required) present.add(spec.name)
  const normaliser = createNormaliser(entity, present, ctx.settings, { now: ctx.clock.now() })
  for (const { line, values } of rows) {
    const cells = names.map((name) => values[name])
    normaliser.add(line, cells, () => JSON.stringify(values))
  }
  return normaliser.take()
}

function reportsOf(loads: ReadonlyMap<Entity, Load>, seconds: number): Record<Entity, ImportReport> {
  const nothing: ImportReport = {
    read: 0,
    added: 0,
    changed: 0,
    unchanged: 0,
    rejected: 0,
    rejects: [],
    seconds,
  }
  const report = (entity: Entity): ImportReport => loads.get(entity)?.report(seconds) ?? nothing
  return {
    members: report('members'),
    customers: report('customers'),
    contacts: report('contacts'),
    events: report('events'),
    surveys: report('surveys'),
  }
}
