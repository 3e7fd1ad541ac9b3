import { type CliResult, EXIT } from './run.ts'

export interface Check {
  readonly name: string
  readonly state: 'ok' | 'warning' | 'failed'
  readonly detail: string
  /** What to do about it; empty when all is well. */
  readonly mend: string
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
