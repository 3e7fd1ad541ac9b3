import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { systemClock } from '../clock.ts'
import { databaseFromEnvironment, loadSettings } from '../config.ts'
import { migrate } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'
import { createLog } from '../log.ts'
import type { Settings } from '../settings.ts'
import { isUnused } from '../store/service-figures.ts'
import { type GlobalOptions, type Register, runService, settingsFor } from './run.ts'

const DEMO_CONFIG = fileURLToPath(new URL('../../config/demo.yaml', import.meta.url))

/** `liuke serve`: the service; the demo when nothing is configured. Prints the address and runs until stopped. */
export const registerServe: Register = (program) => {
  program
    .command('serve', { isDefault: true })
    .description('run the service; the demo in a browser when nothing is configured')
    .action(() => runService(() => serve(program.opts<GlobalOptions>())))
}

async function serve(given: GlobalOptions): Promise<{ stop(): Promise<void> }> {
  const settings = await serviceSettings(given)
  // Loaded only here: the other subcommands need no web server and no chat platform.
  const { startService } = await import('../main.ts')
  const service = await startService(settings, createLog(settings.log))
  const page = settings.playground.enabled ? `${service.url}/playground` : service.url
  process.stdout.write(`${settings.demo.enabled ? 'Liuke 留客 (demo)' : 'Liuke 留客'}: ${page}\n`)
  return service
}

/**
 * Nothing configured = no settings file, no database option or address, and nothing loaded into the database at
 * the default place: other commands (`doctor`, `backup`) create an empty one there.
 */
async function serviceSettings(given: GlobalOptions): Promise<Settings> {
  const own = settingsFor(given)
  const configured = given.config !== undefined || given.db !== undefined || databaseFromEnvironment()
  if (configured || (existsSync(own.database) && !(await isEmpty(own)))) return own
  const demo = loadSettings(DEMO_CONFIG)
  return { ...demo, locale: own.locale }
}

async function isEmpty(settings: Settings): Promise<boolean> {
  const { db, close } = openDatabase(settings.database)
  try {
    await migrate(db)
    return await isUnused({ db, clock: systemClock, log: createLog(settings.log), settings })
  } finally {
    await close()
  }
}
