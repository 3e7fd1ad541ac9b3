import { AppError } from '../errors.ts'
import type { Entity } from './connector.ts'
import { FIELDS, type FieldSpec } from './fields.ts'
import { halfWidth } from './values.ts'

/** Where each field of an entity comes from, in the order of `FIELDS[entity]`. */
export interface Mapping {
  readonly sources: readonly (FieldSource | null)[]
  /** Names of the fields that have a source. */
  readonly present: ReadonlySet<string>
}

export type FieldSource = { readonly column: number } | { readonly constant: string }

export interface MappingOptions {
  /** field → column title. */
  readonly map: Readonly<Record<string, string>>
  /** field → constant value. */
  readonly set: Readonly<Record<string, string>>
}

/**
 * Decides which column feeds which field: `set` and `map` first, then titles that equal a field's name or one
 * of its usual Chinese or English titles.
 * @throws AppError `bad-input` for unknown fields and columns, and for required fields without a source.
 */
export function planMapping(entity: Entity, header: readonly string[], options: MappingOptions): Mapping {
  const specs = FIELDS[entity]
  refuseUnknownFields(specs, options)
  const titles = header.map(titleKey)
  const wanted = new Map(
    Object.entries(options.map).map(([field, title]) => [field, columnOf(header, title)]),
  )
  const used = new Set(wanted.values())
  const sources = specs.map((spec): FieldSource | null => {
    const constant = options.set[spec.name]
    if (constant !== undefined) return { constant }
    const column = wanted.get(spec.name) ?? guessColumn(spec, titles, used)
    if (column === null) return null
    used.add(column)
    return { column }
  })
  const present = new Set(specs.filter((_, index) => sources[index] !== null).map((spec) => spec.name))
  refuseMissing(specs, present, header)
  return { sources, present }
}

/** Compared without case, spaces, punctuation and a unit in brackets: `订单金额（元）` = `订单金额`. */
function titleKey(title: string): string {
  return halfWidth(title)
    .toLowerCase()
    .replace(/\(.*?\)/g, '')
    .replace(/[\s_\-./:]/g, '')
}

function guessColumn(spec: FieldSpec, titles: readonly string[], used: ReadonlySet<number>): number | null {
  for (const name of [spec.name, ...spec.headers]) {
    const at = titles.indexOf(titleKey(name))
    if (at !== -1 && !used.has(at)) return at
  }
  return null
}

function columnOf(header: readonly string[], title: string): number {
  const exact = header.indexOf(title)
  const at = exact === -1 ? header.map(titleKey).indexOf(titleKey(title)) : exact
  if (at !== -1) return at
  throw wrong(`There is no column "${title}". The file has: ${header.join(', ')}`)
}

function refuseUnknownFields(specs: readonly FieldSpec[], options: MappingOptions): void {
  const names = specs.map((spec) => spec.name)
  const given = [...Object.keys(options.map), ...Object.keys(options.set)]
  const unknown = given.filter((name) => !names.includes(name))
  if (unknown.length === 0) return
  throw wrong(`Unknown field ${unknown.join(', ')}. The fields are: ${names.join(', ')}`)
}

function refuseMissing(
  specs: readonly FieldSpec[],
  present: ReadonlySet<string>,
  header: readonly string[],
): void {
  const missing = specs.filter((spec) => spec.required && !present.has(spec.name))
  const identity = specs.some((spec) => spec.required) || present.has('key') || present.has('name')
  if (missing.length === 0 && identity) return
  const names = identity ? missing.map((spec) => spec.name) : ['key']
  const help = names.map((name) => `--map ${name}=COLUMN`).join(' ')
  const constants = missing.filter((spec) => spec.type === 'word').map((spec) => `--set ${spec.name}=VALUE`)
  throw wrong(
    `No column for ${names.join(', ')}. The file has: ${header.join(', ')}. Name the column with ${[help, ...constants].join(' or ')}`,
  )
}

function wrong(say: string): AppError {
  return new AppError('bad-input', 'the columns do not fit the fields', { say })
}
