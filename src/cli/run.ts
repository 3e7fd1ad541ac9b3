import type { Command } from 'commander'
import { systemClock } from '../clock.ts'
import { loadSettings, wantsStackTraces } from '../config.ts'
import type { Ctx } from '../context.ts'
import { migrate } from '../db/migrate.ts'
import { type OpenDatabase, openDatabase } from '../db/open.ts'
import { type AppError, asAppError } from '../errors.ts'
import { createLog } from '../log.ts'
import { withSavedSettings } from '../scoring/preview/settings-in-force.ts'
import type { Locale, Text } from '../text/index.ts'
import { textFor } from '../text/index.ts'
import { writeOut } from './output.ts'

/** 0 done, 1 failed, 2 bad usage or configuration, 3 done with rejected rows. */
export const EXIT = { done: 0, failed: 1, usage: 2, rejects: 3 } as const

export interface GlobalOptions {
  readonly config?: string
  readonly db?: string
  readonly json: boolean
  readonly locale?: Locale
}

/** The context of one command-line run. */
export interface CliCtx extends Ctx {
  readonly text: Text
  readonly json: boolean
  readonly database: OpenDatabase
  /** Aborts on Ctrl-C: long work stops at the next safe point and resumes when run again. */
  readonly signal: AbortSignal
}

export interface CliResult {
  /** The one document of `--json`. */
  readonly json: unknown
  /** The same for people. */
  readonly lines: readonly string[]
  readonly exitCode?: number
}

/** Wraps the work of a subcommand into an action for commander. */
export type Runner = <A extends unknown[]>(
  work: (cli: CliCtx, ...args: A) => Promise<CliResult | undefined>,
) => (...args: A) => Promise<void>

/** Adds one subcommand to the program. */
export type Register = (program: Command, run: Runner) => void

/**
 * Opens settings and database, runs the work, prints its result (JSON or lines) and sets the exit code. Errors
 * become one readable sentence on stderr, never a stack trace.
 */
export function runCli<A extends unknown[]>(
  options: () => GlobalOptions,
  work: (cli: CliCtx, ...args: A) => Promise<CliResult | undefined>,
): (...args: A) => Promise<void> {
  return async (...args) => {
    const given = options()
    let database: OpenDatabase | undefined
    const interrupt = new AbortController()
    const onSignal = (): void => interrupt.abort()
    process.once('SIGINT', onSignal)
    try {
      const settings = settingsFor(given)
      database = openDatabase(settings.database)
      await migrate(database.db)
      const bare = { db: database.db, clock: systemClock, log: createLog(logLevel(settings)), settings }
      const ctx = await withSavedSettings(bare)
      const cli = {
        ...ctx,
        text: textFor(settings.locale),
        json: given.json,
        database,
        signal: interrupt.signal,
      }
      const result = await work(cli, ...args)
      if (result) await print(given.json, result)
    } catch (error) {
      fail(asAppError(error))
    } finally {
      process.removeListener('SIGINT', onSignal)
      await database?.close()
    }
  }
}

/** A person at a terminal reads the result and the progress bar; log lines between them only when they warn. */
function logLevel({ log }: Ctx['settings']): Ctx['settings']['log'] {
  return log === 'info' && process.stderr.isTTY ? 'warn' : log
}

/** Runs a service until SIGINT or SIGTERM, then stops it in order; a second signal ends at once. */
export async function runService(start: () => Promise<{ stop(): Promise<void> }>): Promise<void> {
  // Heard from the beginning: whoever stops the service while it starts gets an ordered stop too.
  const asked = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  try {
    const service = await start()
    await asked
    await service.stop()
  } catch (error) {
    fail(asAppError(error))
  }
}

/** Settings of a run: file and environment, then the options of the command line. */
export function settingsFor(given: GlobalOptions): Ctx['settings'] {
  const settings = loadSettings(given.config ?? null)
  return { ...settings, database: given.db ?? settings.database, locale: given.locale ?? settings.locale }
}

async function print(json: boolean, result: CliResult): Promise<void> {
  const out = json ? [JSON.stringify(result.json)] : result.lines
  if (out.length > 0) await writeOut(`${out.join('\n')}\n`)
  if (result.exitCode !== undefined) process.exitCode = result.exitCode
}

function fail(error: AppError): void {
  const usage = error.code === 'bad-input' || error.code === 'config'
  process.exitCode = usage ? EXIT.usage : EXIT.failed
  process.stderr.write(`${error.say ?? error.message}\n`)
  if (error.code === 'bug' && wantsStackTraces()) process.stderr.write(`${error.stack}\n`)
}
