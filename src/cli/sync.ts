import { AppError } from '../errors.ts'
import { dingtalkSources } from '../main/dingtalk-sources.ts'
import { wecomSources } from '../main/wecom-sources.ts'
import { type Connector, ENTITIES, type Entity } from '../sync/connector.ts'
import { connectorsOf } from '../sync/connectors/index.ts'
import type { ImportReport } from '../sync/report.ts'
import { runSync } from '../sync/run-sync.ts'
import { importWatchedFolders, type WatchCounts } from '../sync/watch-folders.ts'
import { type CliCtx, EXIT, type Register } from './run.ts'

/** A file that was seen once needs a second look to be sure that nobody is still writing it. */
const SECOND_LOOK_MS = 1000

/** `liuke sync [--source NAME]`: pulls the configured sources and looks into the watched folders. */
export const registerSync: Register = (program, run) => {
  program
    .command('sync')
    .description('pull the configured sources and import new files of watched folders')
    .option('--source <name>', 'only this source')
    .action(
      run(async (cli, { source }: { source?: string }) => {
        const connectors = chosenConnectors(cli, source)
        const sources: Record<string, Record<Entity, ImportReport>> = {}
        for (const connector of connectors) {
          sources[connector.name] = await runSync(cli, connector, { signal: cli.signal })
        }
        const folders = source === undefined ? await lookTwice(cli) : null
        const json = folders === null ? { sources } : { sources, folders }
        const lines = [...sourceLines(cli, sources), ...folderLines(cli, folders)]
        return {
          json,
          lines: lines.length === 0 ? [cli.text.sync.nothingToSync] : lines,
          exitCode: folders !== null && folders.failed > 0 ? EXIT.failed : exitCodeOf(sources),
        }
      }),
    )
}

function chosenConnectors(cli: CliCtx, source: string | undefined): readonly Connector[] {
  const all = [...connectorsOf(cli), ...wecomSources(cli), ...dingtalkSources(cli)]
  if (source === undefined) return all
  const chosen = all.filter((one) => one.name === source)
  if (chosen.length > 0) return chosen
  const say = cli.text.sync.unknownSource(source, all.map((one) => one.name).join(', '))
  throw new AppError('bad-input', 'unknown source', { say })
}

function exitCodeOf(sources: Record<string, Record<Entity, ImportReport>>): number {
  const reports = Object.values(sources).flatMap((one) => Object.values(one))
  return reports.some((report) => report.rejected > 0) ? EXIT.rejects : EXIT.done
}

async function lookTwice(cli: CliCtx): Promise<WatchCounts | null> {
  if (cli.settings.sync.watch.length === 0) return null
  const first = await importWatchedFolders(cli, cli.signal)
  if (first.waiting === 0) return first
  await cli.clock.sleep(SECOND_LOOK_MS, cli.signal)
  const second = await importWatchedFolders(cli, cli.signal)
  return {
    imported: first.imported + second.imported,
    waiting: second.waiting,
    failed: first.failed + second.failed,
  }
}

function sourceLines(cli: CliCtx, sources: Record<string, Record<Entity, ImportReport>>): string[] {
  return Object.entries(sources).flatMap(([name, reports]) =>
    ENTITIES.filter((entity) => reports[entity].read > 0).map(
      (entity) => `${cli.text.sync.source(name, entity)}  ${cli.text.sync.counts(reports[entity])}`,
    ),
  )
}

function folderLines(cli: CliCtx, folders: WatchCounts | null): string[] {
  return folders === null ? [] : [cli.text.sync.folders(folders)]
}
