/**
 * The one error class of Liuke. `message` is for the log; `say` is the sentence a person in chat or on the
 * command line may read (absent: the generic sentence of the code is used).
 */
export const ERROR_CODES = [
  'bad-input',
  'not-found',
  'not-allowed',
  'conflict',
  'busy',
  'upstream',
  'config',
  'bug',
] as const

export type ErrorCode = (typeof ERROR_CODES)[number]

export interface ErrorDetails {
  /** One sentence for the person who caused or met the error, in their language. */
  readonly say?: string
  readonly cause?: unknown
  /** Machine-readable facts for the log. Never secrets, phone numbers or chat text. */
  readonly data?: Readonly<Record<string, unknown>>
  /** For `busy` and `upstream`: the platform asked to wait this long, in milliseconds. */
  readonly retryAfterMs?: number
  /** The platform takes no calls: see `Halt`. Such a failure is no attempt. */
  readonly halt?: Halt
}

/** Why a platform takes no calls: it asked for a pause and goes on by itself, or an administrator must act first. */
export type Halt = 'pause' | 'stop'

export class AppError extends Error {
  readonly code: ErrorCode
  readonly say: string | undefined
  readonly data: Readonly<Record<string, unknown>>
  readonly retryAfterMs: number | undefined
  readonly halt: Halt | undefined

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'AppError'
    this.code = code
    this.say = details.say
    this.data = details.data ?? {}
    this.retryAfterMs = details.retryAfterMs
    this.halt = details.halt
  }
}

/** Only `busy` and `upstream` failures may be tried again. */
export function isRetryable(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'busy' || error.code === 'upstream')
}

/** Any thrown value as an AppError; what is not one already is a `bug`. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const message = error instanceof Error ? error.message : String(error)
  return new AppError('bug', message, { cause: error })
}
