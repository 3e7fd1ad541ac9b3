import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse as parseYaml } from 'yaml'
import { z } from 'zod'
import { AppError } from './errors.ts'
import { Settings } from './settings.ts'

export { Settings }

const LEXICON_FILE = fileURLToPath(new URL('../config/lexicon.yaml', import.meta.url))

/**
 * Reads the settings: `file` (YAML) over the defaults of `settings.ts`, secrets and addresses from the
 * environment over both. Without a file the defaults stand.
 * @throws AppError `config` listing every problem at once, each with its path.
 */
export function loadSettings(file: string | null, env: NodeJS.ProcessEnv = process.env): Settings {
  const written = file === null ? {} : readYaml(file)
  const result = Settings.safeParse(withEnvironment(written, env))
  const misplaced = secretsIn(written)
  if (result.success && misplaced.length === 0) return withLexicon(result.data)
  const issues = result.error?.issues ?? []
  const problems = [
    ...misplaced,
    ...issues.map((issue) => `${issue.path.join('.') || '(file)'}: ${issue.message}`),
  ]
  throw new AppError('config', 'the configuration is not valid', {
    say: [
      `${file ?? 'environment'}: ${problems.length} problem(s)`,
      ...problems.map((line) => `  ${line}`),
    ].join('\n'),
    data: { problems },
  })
}

/** True when the environment names a database: then the service is configured and no demo is wanted. */
export function databaseFromEnvironment(env: NodeJS.ProcessEnv = process.env): boolean {
  return (env.DATABASE_URL ?? '') !== ''
}

/** True when a developer asked for stack traces (`LIUKE_LOG=debug`). */
export function wantsStackTraces(env: NodeJS.ProcessEnv = process.env): boolean {
  return env.LIUKE_LOG === 'debug'
}

const Lexicon = z.strictObject({ negative: z.array(z.string().min(1)) })

/** Settings without own words get those of the shipped lexicon. */
function withLexicon(settings: Settings): Settings {
  if (settings.scoring.negativeWords !== null) return settings
  const { negative } = Lexicon.parse(readYaml(LEXICON_FILE))
  return { ...settings, scoring: { ...settings.scoring, negativeWords: negative } }
}

function readYaml(file: string): unknown {
  try {
    return parseYaml(readFileSync(file, 'utf8'), { prettyErrors: true }) ?? {}
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new AppError('config', 'the configuration file cannot be read', {
      cause,
      say: `${file}: ${reason}`,
    })
  }
}

/** Environment variable → path in the settings. Everything else stands in the file. */
interface Variable {
  readonly name: string
  readonly path: readonly string[]
  readonly number?: true
  /** Must not stand in a file. */
  readonly secret?: true
}

const ENVIRONMENT: readonly Variable[] = [
  { name: 'DATABASE_URL', path: ['database'] },
  { name: 'LIUKE_LOG', path: ['log'] },
  { name: 'LIUKE_LOCALE', path: ['locale'] },
  { name: 'LIUKE_HOST', path: ['http', 'host'] },
  { name: 'LIUKE_PORT', path: ['http', 'port'], number: true },
  { name: 'LIUKE_WRITE_KEY', path: ['http', 'writeKey'], secret: true },
  { name: 'LIUKE_UNDERSTAND_KEY', path: ['understand', 'assist', 'apiKey'], secret: true },
  { name: 'LIUKE_WECOM_SECRET', path: ['wecom', 'app', 'secret'], secret: true },
  { name: 'LIUKE_WECOM_TOKEN', path: ['wecom', 'app', 'token'], secret: true },
  { name: 'LIUKE_WECOM_AES_KEY', path: ['wecom', 'app', 'aesKey'], secret: true },
  { name: 'LIUKE_DINGTALK_SECRET', path: ['dingtalk', 'clientSecret'], secret: true },
  { name: 'LIUKE_DINGTALK_ROBOT_KEYS', path: ['dingtalk', 'webhook', 'keys'], secret: true },
  { name: 'LIUKE_WECOM_BOT_TOKEN', path: ['wecom', 'aibot', 'token'], secret: true },
  { name: 'LIUKE_WECOM_BOT_AES_KEY', path: ['wecom', 'aibot', 'aesKey'], secret: true },
  { name: 'LIUKE_WECOM_BOT_ID', path: ['wecom', 'aibot', 'botId'] },
  { name: 'LIUKE_WECOM_BOT_SECRET', path: ['wecom', 'aibot', 'secret'], secret: true },
  { name: 'LIUKE_WECOM_ROBOT_KEYS', path: ['wecom', 'webhook', 'keys'], secret: true },
]

/** A file is copied and shown; secrets in it are refused rather than overlooked. */
function secretsIn(written: unknown): string[] {
  const found = ENVIRONMENT.filter(({ secret, path }) => secret && valueAt(written, path) !== undefined)
  return found.map(({ name, path }) => `${path.join('.')}: secrets stand in the environment (${name})`)
}

function valueAt(value: unknown, [head, ...rest]: readonly string[]): unknown {
  if (head === undefined || typeof value !== 'object' || value === null) return value
  return valueAt(Reflect.get(value, head), rest)
}

function withEnvironment(written: unknown, env: NodeJS.ProcessEnv): unknown {
  if (typeof written !== 'object' || written === null || Array.isArray(written)) return written
  const merged: Record<string, unknown> = structuredClone({ ...written })
  for (const { name, path, number } of ENVIRONMENT) {
    const value = env[name]
    if (value !== undefined && value !== '') setPath(merged, path, number ? Number(value) : value)
  }
  return merged
}

function setPath(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [head, ...rest] = path
  if (head === undefined) return
  if (rest.length === 0) {
    target[head] = value
    return
  }
  const inner = target[head]
  const child: Record<string, unknown> = typeof inner === 'object' && inner !== null ? { ...inner } : {}
  target[head] = child
  setPath(child, rest, value)
}
