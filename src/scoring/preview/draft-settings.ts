import { parse as parseYaml } from 'yaml'
import { z } from 'zod'
import { AppError } from '../../errors.ts'
import type { SettingChange, SettingSets, SettingValue } from '../../model/preview.ts'
import { Settings } from '../../settings.ts'

/** Only what decides about scores can be tried: the rest needs a restart or belongs to the operator. */
const TRIED = 'scoring'
/** What may be saved over the file: scores, and the control group that `对照组` switches. */
const SAVED = [TRIED, 'retention.holdout']

const SettingValueSchema: z.ZodType<SettingValue> = z.json()

/**
 * `scoring.bands.high=0.7` → path and value, the value read as in the YAML file.
 * @throws AppError `bad-input` when it is no such line, or no setting that decides about scores
 */
export function parseSet(line: string): SettingSets {
  const [, path, text] = /^\s*([A-Za-z][\w.-]*)\s*=(.*)$/s.exec(line) ?? []
  if (path === undefined || text === undefined) {
    throw bad(`--set ${line}: expected NAME=VALUE such as scoring.bands.high=0.7`)
  }
  if (!path.startsWith(`${TRIED}.`)) throw bad(`${path}: only settings of "${TRIED}" can be drafted`)
  try {
    const value: unknown = parseYaml(text)
    return { [path]: SettingValueSchema.parse(value) }
  } catch {
    throw bad(`--set ${line}: the value cannot be read`)
  }
}

/**
 * The settings with these values in place of theirs.
 * @throws AppError `bad-input` listing every problem at once, each with its path
 */
export function draftSettings(settings: Settings, sets: SettingSets): Settings {
  const { scoring, retention } = structuredClone({ scoring: settings.scoring, retention: settings.retention })
  for (const [path, value] of Object.entries(sets)) {
    if (!SAVED.some((room) => path.startsWith(`${room}.`)))
      throw bad(`${path}: cannot be saved over the file`)
    setIn({ scoring, retention }, path.split('.'), value, path)
  }
  const result = Settings.safeParse({ ...settings, scoring, retention })
  if (result.success) return { ...settings, scoring: result.data.scoring, retention: result.data.retention }
  throw bad(result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'))
}

/** What a draft changes; values that stay are left out. */
export function settingChanges(settings: Settings, sets: SettingSets): SettingChange[] {
  return Object.entries(sets).flatMap(([path, after]) => {
    const before = valueIn(settings, path.split('.'))
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }]
  })
}

function setIn(target: unknown, path: readonly string[], value: SettingValue, full: string): void {
  const [head = '', ...rest] = path
  if (!isMap(target)) throw bad(`${full}: there is no such setting`)
  if (rest.length === 0) {
    define(target, head, value)
    return
  }
  if (!Object.hasOwn(target, head)) define(target, head, {})
  setIn(target[head], rest, value, full)
}

/** As data, whatever its name: `__proto__` is just an unknown setting. */
function define(target: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, enumerable: true, writable: true, configurable: true })
}

function valueIn(target: unknown, path: readonly string[]): SettingValue | undefined {
  const [head, ...rest] = path
  if (head === undefined) return SettingValueSchema.safeParse(target).data
  return isMap(target) && Object.hasOwn(target, head) ? valueIn(target[head], rest) : undefined
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function bad(say: string): AppError {
  return new AppError('bad-input', 'the draft of the settings is not valid', { say })
}
