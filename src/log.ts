import { type DestinationStream, destination, type Logger, pino } from 'pino'

/**
 * Structured logs. ERROR means a person must act now; what heals itself is WARN. Messages are constant
 * strings, the facts stand beside them. Secrets, phone numbers and chat text never reach the output.
 */
export interface Log {
  debug(facts: Facts, message: string): void
  info(facts: Facts, message: string): void
  warn(facts: Facts, message: string): void
  error(facts: Facts, message: string): void
  child(facts: Facts): Log
}

export type Facts = Readonly<Record<string, unknown>>
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

/** Field names whose values are never logged, wherever they stand. */
const SECRET_NAME =
  /secret|token|password|authorization|cookie|aes_?key|write_?key|credential|^key$|phone|mobile|^text$|^note$|^body$|^content$|^card$/i
/** Mainland mobile numbers inside any other string. */
const PHONE = /(?<!\d)1[3-9]\d{9}(?!\d)/g
const REMOVED = '[removed]'
const MAX_DEPTH = 6

/** A copy of `value` that is safe to log: secret-named fields removed, phone numbers masked, depth bounded. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return value.replace(PHONE, REMOVED)
  if (value === null || typeof value !== 'object') return value
  if (depth >= MAX_DEPTH) return '[deep]'
  if (value instanceof Error) return redactError(value, depth)
  if (Array.isArray(value)) return value.slice(0, 100).map((item) => redact(item, depth + 1))
  const safe: Record<string, unknown> = {}
  for (const [name, item] of Object.entries(value)) {
    safe[name] = SECRET_NAME.test(name) ? REMOVED : redact(item, depth + 1)
  }
  return safe
}

function redactError(error: Error, depth: number): unknown {
  const { name, message, stack, cause } = error
  const code: unknown = Reflect.get(error, 'code')
  const data: unknown = Reflect.get(error, 'data')
  return redact({ name, message, code, data, stack, cause }, depth + 1)
}

/** JSON lines on stderr (or `stream`), so that stdout stays free for results. */
export function createLog(level: LogLevel, stream?: DestinationStream): Log {
  const sink = stream ?? destination({ dest: 2, sync: true })
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    sink,
  )
  return wrap(logger)
}

type PinoLogger = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'isLevelEnabled'> & {
  child(facts: object): PinoLogger
}

function wrap(logger: PinoLogger): Log {
  const safe = (facts: Facts): object => {
    const copy = redact(facts)
    return typeof copy === 'object' && copy !== null ? copy : {}
  }
  return {
    debug: (facts, message) => logger.isLevelEnabled('debug') && logger.debug(safe(facts), message),
    info: (facts, message) => logger.isLevelEnabled('info') && logger.info(safe(facts), message),
    warn: (facts, message) => logger.warn(safe(facts), message),
    error: (facts, message) => logger.error(safe(facts), message),
    child: (facts) => wrap(logger.child(safe(facts))),
  }
}
