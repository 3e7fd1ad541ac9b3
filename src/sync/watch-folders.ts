import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ctx } from '../context.ts'
import { asAppError, isRetryable } from '../errors.ts'
import type { Settings } from '../settings.ts'
import { asBusy } from '../store/busy.ts'
import { wasImported } from '../store/import-runs.ts'
import { getState, setState } from '../store/state.ts'
import { DEFAULT_SOURCE, importFile } from './import-file.ts'

type Folder = Settings['sync']['watch'][number]

const TABLE_FILE = /\.(csv|tsv|txt|xlsx)(\.gz)?$/i

/** What one look at the folders did. */
export interface WatchCounts extends Readonly<Record<string, number>> {
  readonly imported: number
  readonly waiting: number
  readonly failed: number
}

/**
 * Imports new files of the configured folders. A file counts as complete when two looks found it with the same
 * size and time; each content is imported once, and nothing is moved or deleted. A file that fails is recorded
 * in its run and tried again when it or the folder's settings change (at the next look when the database was only
 * busy); the others go on.
 */
export async function importWatchedFolders(ctx: Ctx, signal: AbortSignal): Promise<WatchCounts> {
  let counts: WatchCounts = { imported: 0, waiting: 0, failed: 0 }
  for (const folder of ctx.settings.sync.watch) {
    for (const file of await filesIn(ctx, folder)) {
      if (signal.aborted) return counts
      const outcome = await look(ctx, folder, file, signal)
      if (outcome !== null) counts = { ...counts, [outcome]: counts[outcome] + 1 }
    }
  }
  return counts
}

async function filesIn(ctx: Ctx, { folder }: Folder): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries
      .filter((entry) => entry.isFile() && TABLE_FILE.test(entry.name) && !/^[.~]/.test(entry.name))
      .map((entry) => join(folder, entry.name))
      .sort()
  } catch (error) {
    ctx.log.warn({ folder, error: asAppError(error).message }, 'watched folder cannot be read')
    return []
  }
}

/** Marks in the stored state of a file. */
const DONE = 'done'
const FAILED = 'failed'

async function look(
  ctx: Ctx,
  folder: Folder,
  file: string,
  signal: AbortSignal,
): Promise<'imported' | 'waiting' | 'failed' | null> {
  const mark = await fileMark(file)
  if (mark === null) return null
  const name = `watch.${folder.as}.${file}`
  const before = await getState(ctx, name)
  const failed = `${FAILED} ${mark} ${JSON.stringify(folder)}`
  if (before === `${DONE} ${mark}` || before === failed) return null
  // A failure under other settings of the folder: the file was looked at twice then.
  if (before !== mark && !before?.startsWith(`${FAILED} ${mark} `)) {
    await setState(ctx, name, mark)
    return 'waiting'
  }
  const outcome = await importOnce(ctx, folder, file, signal)
  if (signal.aborted || outcome === 'busy') return outcome === 'busy' ? 'waiting' : outcome
  await setState(ctx, name, outcome === 'failed' ? failed : `${DONE} ${mark}`)
  return outcome
}

async function fileMark(file: string): Promise<string | null> {
  const info = await stat(file).catch(() => null)
  return info === null ? null : `${info.size}:${Math.round(info.mtimeMs)}`
}

async function importOnce(
  ctx: Ctx,
  folder: Folder,
  file: string,
  signal: AbortSignal,
): Promise<'imported' | 'failed' | 'busy' | null> {
  const { as, source = DEFAULT_SOURCE, map, set, dateFormat } = folder
  try {
    const digest = await digestOf(file)
    if (await wasImported(ctx, source, as, digest)) return null
    await importFile(ctx, { file, as, source, map, set, dateFormat, digest, signal })
    return 'imported'
  } catch (error) {
    const known = asAppError(asBusy(error))
    ctx.log.warn({ file, reason: known.say ?? known.message }, 'watched file was not imported')
    return isRetryable(known) ? 'busy' : 'failed'
  }
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file)) hash.update(chunk)
  return hash.digest('hex')
}
