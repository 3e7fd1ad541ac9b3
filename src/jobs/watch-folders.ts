import { importWatchedFolders } from '../sync/watch-folders.ts'
import type { Job } from './job.ts'

const MINUTE_MS = 60_000

/** Every minute: imports files that appeared in the folders of `sync.watch`. */
export const watchFolders: Job = {
  name: 'watch-folders',
  cron: '* * * * *',
  missed: 'skip',
  timeoutMs: 60 * MINUTE_MS,
  where: 'worker',
  run: (ctx, _slot, signal) => importWatchedFolders(ctx, signal),
}
