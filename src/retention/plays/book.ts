import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { AppError } from '../../errors.ts'
import type { Locale } from '../../text/index.ts'
import { PlayFile } from './book-schema.ts'
import { resolveMatrix } from './matrix.ts'

const FILE = fileURLToPath(new URL('../../../config/plays.yaml', import.meta.url))

/** Causes the code itself names: a complaint nobody closed, and no cause at all. */
export const OPEN_COMPLAINT = 'complaint'
export const UNKNOWN_CAUSE = 'unknown'

/** The plays of config/plays.yaml, every cell of their matrix resolved. */
export interface PlayBook {
  readonly file: PlayFile
  /** Play by `cellKey`. */
  readonly cells: ReadonlyMap<string, string>
  readonly causeOfSignal: ReadonlyMap<string, string>
  readonly causeOfReason: ReadonlyMap<string, string>
}

/**
 * Reads a book of plays.
 * @throws AppError `config` listing everything wrong with it, each with its path.
 */
export function readPlays(yaml: string, name = FILE): PlayBook {
  const result = PlayFile.safeParse(parseYaml(yaml, name))
  if (!result.success) {
    throw invalid(
      name,
      result.error.issues.map(({ path, message }) => `${path.join('.') || '(file)'}: ${message}`),
    )
  }
  const file = result.data
  const { cells, problems } = resolveMatrix(file)
  const signals = namesOf(file, 'signals')
  const reasons = namesOf(file, 'reasons')
  const missing = [OPEN_COMPLAINT, UNKNOWN_CAUSE].filter((cause) => !Object.hasOwn(file.causes, cause))
  const all = [
    ...missing.map((cause) => `causes.${cause}: is missing`),
    ...signals.problems,
    ...reasons.problems,
    ...problems,
  ]
  if (all.length > 0) throw invalid(name, all)
  return { file, cells, causeOfSignal: signals.causes, causeOfReason: reasons.causes }
}

let shipped: PlayBook | undefined

/** The book of config/plays.yaml, read once. */
export function shippedPlays(): PlayBook {
  shipped ??= readPlays(readFileSync(FILE, 'utf8'))
  return shipped
}

/** What the play is called today; null when the book has no such play any more. */
export function playTitle(id: string, locale: Locale, { file }: PlayBook = shippedPlays()): string | null {
  return file.plays[id]?.title[locale === 'zh-CN' ? 'zh' : 'en'] ?? null
}

/** Cause by signal or reason; each belongs to one. */
function namesOf(
  file: PlayFile,
  list: 'signals' | 'reasons',
): { causes: Map<string, string>; problems: string[] } {
  const causes = new Map<string, string>()
  const problems: string[] = []
  for (const [cause, given] of Object.entries(file.causes)) {
    for (const name of given[list]) {
      const other = causes.get(name)
      if (other !== undefined) problems.push(`causes.${cause}.${list}: ${name} belongs to ${other} already`)
      causes.set(name, cause)
    }
  }
  return { causes, problems }
}

function parseYaml(yaml: string, name: string): unknown {
  try {
    return parse(yaml)
  } catch (cause) {
    throw invalid(name, [cause instanceof Error ? cause.message : String(cause)])
  }
}

function invalid(name: string, problems: readonly string[]): AppError {
  return new AppError('config', 'the plays are not valid', {
    say: [`${name}: ${problems.length} problem(s)`, ...problems.map((line) => `  ${line}`)].join('\n'),
    data: { problems },
  })
}
