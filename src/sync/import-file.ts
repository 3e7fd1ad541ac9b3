import { basename } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { stopwatch } from '../clock.ts'
import type { Ctx } from '../context.ts'
import { AppError, asAppError } from '../errors.ts'
import type { Entity } from './connector.ts'
import { Load } from './load.ts'
import { readFile } from './read-in-thread.ts'
import type { ImportReport } from './report.ts'
import type { UnknownCustomers } from './resolve.ts'

export interface ImportOptions {
  readonly file: string
  readonly as: Entity
  /** Facts are identified by (source, key); files of one system share a source. */
  readonly source?: string
  /** field → column title. */
  readonly map?: Readonly<Record<string, string>>
  /** field → constant value. */
  readonly set?: Readonly<Record<string, string>>
  /** luxon tokens; replaces the built-in date forms. */
  readonly dateFormat?: string | undefined
  /** Sheet of a workbook; the first one when absent. */
  readonly sheet?: string | undefined
  readonly unknownCustomers?: UnknownCustomers
  /** Digest of the content, when the caller wants to know later that it was loaded. */
  readonly digest?: string
  readonly signal?: AbortSignal
  /** Called after every batch. */
  readonly progress?: (progress: ImportProgress) => void
  /** Told once, before anything is loaded: the number of the run its rejects are kept under. */
  readonly started?: (runId: number) => void
}

export interface ImportProgress {
  readonly read: number
  /** Share of the file read, 0 to 1. */
  readonly share: number
}

/** The source of files whose user names none. */
export const DEFAULT_SOURCE = 'import'

/**
 * Loads a file: sound rows are added or changed, others rejected with a reason. Loading it again changes nothing,
 * also after an interruption at any moment.
 * @throws AppError `bad-input` when the file or the mapping is wrong; rows before a fault stay loaded.
 */
export async function importFile(ctx: Ctx, options: ImportOptions): Promise<ImportReport> {
  const seconds = stopwatch()
  const { file, as: entity, source = DEFAULT_SOURCE, digest = null } = options
  const load = await Load.start(
    ctx,
    { source, entity, file: basename(file), digest },
    { unknownCustomers: options.unknownCustomers ?? 'create', sameKey: 'reject' },
  )
  options.started?.(load.runId)
  try {
    for await (const { batch, share } of readFile(readInput(ctx, options))) {
      // A reader that is ahead never lets this loop wait: without a turn Ctrl-C would not be heard.
      await nextTurn()
      refuseIfStopped(options.signal, load.read)
      await load.write(ctx, batch)
      options.progress?.({ read: load.read, share })
    }
    await load.finish(ctx, null)
  } catch (error) {
    const { say, message } = asAppError(error)
    await load.finish(ctx, say ?? message)
    throw error
  }
  const report = load.report(seconds())
  const { rejects: _, ...counts } = report
  ctx.log.info({ source, entity, file: basename(file), run: load.runId, ...counts }, 'file imported')
  return report
}

function readInput(ctx: Ctx, options: ImportOptions): Parameters<typeof readFile>[0] {
  return {
    file: options.file,
    entity: options.as,
    map: options.map ?? {},
    set: options.set ?? {},
    sheet: options.sheet ?? null,
    dateFormat: options.dateFormat,
    settings: ctx.settings,
    now: ctx.clock.now(),
  }
}

function refuseIfStopped(signal: AbortSignal | undefined, read: number): void {
  if (!signal?.aborted) return
  const say = `Stopped after ${read} rows; they stay. Import the file again to load the rest.`
  throw new AppError('conflict', 'the import was stopped', { say })
}
