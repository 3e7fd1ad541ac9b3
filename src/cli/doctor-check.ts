import { asAppError } from '../errors.ts'
import { type CliResult, EXIT } from './run.ts'

export interface Check {
  readonly name: string
  readonly state: 'ok' | 'warning' | 'failed'
  readonly detail: string
  /** What to do about it; empty when all is well. */
  readonly mend: string
}

/** What `liuke doctor PLATFORM` may be given. */
export interface DoctorOptions {
  /** An account of the platform that gets a test message. */
  readonly to?: string
  /** A group robot that sends one. */
  readonly robot?: string
  /** Where the platform reaches Liuke. */
  readonly url?: string
}

/** Tries one thing: its detail, or what was refused and how to mend it. */
export async function tried(name: string, work: () => Promise<string>): Promise<Check> {
  try {
    return { name, state: 'ok', detail: await work(), mend: '' }
  } catch (thrown) {
    const error = asAppError(thrown)
    // The message names the code of the platform, which is what a search finds.
    return { name, state: 'failed', detail: error.message, mend: error.say ?? '' }
  }
}

/** The checks as lines and JSON; failed when one of them failed. */
export function resultOf(checks: readonly Check[]): CliResult {
  const failed = checks.some((check) => check.state === 'failed')
  return { json: checks, lines: checks.map(lineOf), exitCode: failed ? EXIT.failed : EXIT.done }
}

function lineOf(check: Check): string {
  const mend = check.mend === '' ? '' : `\n         → ${check.mend}`
  return `${check.state.padEnd(8)} ${check.name}: ${check.detail}${mend}`
}
