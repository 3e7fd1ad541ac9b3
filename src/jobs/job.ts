import type { Ctx } from '../context.ts'
import type { Settings } from '../settings.ts'

/** What a job did, for its row and for the log: `{ sent: 12, held: 3 }`. */
export type Counts = Readonly<Record<string, number>>

/**
 * Work at due times (slots). A job runs once per slot whatever the number of processes. `missed` says what
 * happens to slots that passed while nothing ran.
 */
export interface Job {
  readonly name: string
  /** Five-field cron in the business time zone; a function where settings decide it. */
  readonly cron: string | ((settings: Settings) => string)
  readonly missed: 'skip' | 'run-latest' | 'run-each'
  readonly timeoutMs: number
  /** Heavy jobs run in the worker thread, with their own database connection. */
  readonly where: 'main' | 'worker'
  /** Jobs whose due slots end before this one starts: the digest waits for the night's scores. */
  readonly after?: readonly string[]
  /** Nobody waits for it: `runDue` leaves it to the next tick. */
  readonly unhurried?: boolean
  run(ctx: Ctx, slot: number, signal: AbortSignal): Promise<Counts>
}
