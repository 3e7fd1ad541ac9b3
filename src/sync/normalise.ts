import type { Settings } from '../settings.ts'
import type { Batch, RowReject, Value } from './batch.ts'
import { type Problem, ROW_CHECKS } from './check-row.ts'
import type { Entity } from './connector.ts'
import { FIELDS, type FieldSpec } from './fields.ts'
import { derivedKey, fingerprint } from './fingerprint.ts'
import { type FieldReader, fieldReaders, type ReadSettings, Unreadable } from './read-field.ts'

const MAX_SHOWN_VALUE = 200
const MAX_SHOWN_ROW = 2000
/** Separates values in hashed content; it cannot occur in a cell after reading. */
const SEPARATOR = '\u001f'

/** Turns the cells of one source into batches. `cells` stand in the order of `FIELDS[entity]`. */
export interface Normaliser {
  /** Reads one row; absent fields are undefined. `raw` is asked for only when the row is rejected. */
  add(line: number, cells: readonly (string | undefined)[], raw: () => string): void
  /** Records a row that could not even be split into cells. */
  reject(line: number, problem: Problem, value: string, raw: string): void
  /** Rows taken since the last batch. */
  count(): number
  /** The batch so far; starts the next one. */
  take(): Batch
}

/** @param present names of the fields the source has; all others stay as they are in the database. */
export function createNormaliser(
  entity: Entity,
  present: ReadonlySet<string>,
  settings: Settings,
  options: ReadSettings,
): Normaliser {
  return new RowNormaliser(entity, present, settings, options)
}

interface Column {
  readonly spec: FieldSpec
  readonly index: number
  readonly read: FieldReader
}

class RowNormaliser implements Normaliser {
  readonly #entity: Entity
  readonly #columns: readonly Column[]
  readonly #places: ReadonlyMap<string, number>
  readonly #dayOf: (at: number) => number
  #batch: BatchUnderWay
  /** The row being read, one value a column. */
  #row: Value[] = []

  constructor(entity: Entity, present: ReadonlySet<string>, settings: Settings, options: ReadSettings) {
    const readers = fieldReaders(settings, options)
    this.#entity = entity
    this.#dayOf = readers.dayOf
    this.#columns = FIELDS[entity].flatMap((spec, index) =>
      present.has(spec.name) ? [{ spec, index, read: readers.reader(spec) }] : [],
    )
    this.#places = new Map(this.#columns.map(({ spec }, place) => [spec.column, place]))
    this.#batch = emptyBatch(this.#columns.length)
  }

  add(line: number, cells: readonly (string | undefined)[], raw: () => string): void {
    this.#batch.read++
    this.#row = []
    const problem = this.#fill(cells) ?? ROW_CHECKS[this.#entity](this.#cell, this.#set)
    if (problem) this.#refuse(line, problem, this.#shown(problem.field, cells), raw())
    else this.#accept(line, this.#row)
  }

  /** Reads every cell into the row at hand, up to the first that cannot be read. */
  #fill(cells: readonly (string | undefined)[]): Problem | null {
    for (const { spec, index, read } of this.#columns) {
      const text = cells[index] ?? ''
      const value = text === '' ? '' : read(text)
      if (value instanceof Unreadable) return { field: spec.name, expected: value.expected }
      // Blanks read as an empty text; it means the same as no text.
      if (value === '' && spec.required) return { field: spec.name, expected: 'a value' }
      this.#row.push(value === '' ? (spec.empty ?? null) : value)
    }
    return null
  }

  reject(line: number, problem: Problem, value: string, raw: string): void {
    this.#batch.read++
    this.#refuse(line, problem, value, raw)
  }

  count(): number {
    return this.#batch.read
  }

  take(): Batch {
    const { read, lines, keys, prints, values, days, rejects, latestAt } = this.#batch
    this.#batch = emptyBatch(this.#columns.length)
    const columns: Record<string, readonly Value[]> = {}
    this.#columns.forEach(({ spec }, place) => {
      if (spec.column !== 'key') columns[spec.column] = values[place] ?? []
    })
    if (this.#places.has('at')) columns.day = days
    return { entity: this.#entity, read, size: lines.length, lines, keys, prints, columns, rejects, latestAt }
  }

  readonly #cell = (column: string): Value | undefined => {
    const place = this.#places.get(column)
    return place === undefined ? undefined : this.#row[place]
  }

  readonly #set = (column: string, value: Value): void => {
    const place = this.#places.get(column)
    if (place !== undefined) this.#row[place] = value
  }

  #accept(line: number, row: readonly Value[]): void {
    const batch = this.#batch
    const at = this.#cell('at')
    const day = typeof at === 'number' ? this.#dayOf(at) : 0
    if (typeof at === 'number') {
      batch.days.push(day)
      if (batch.latestAt === null || at > batch.latestAt) batch.latestAt = at
    }
    const content = row.join(SEPARATOR)
    const own = this.#ownKey()
    batch.lines.push(line)
    batch.keys.push(own ?? derivedKey(String(this.#cell('customer') ?? ''), day, content))
    batch.prints.push(own === null ? '' : fingerprint(content))
    for (let place = 0; place < row.length; place++) batch.values[place]?.push(row[place] ?? null)
  }

  /** The row's own key, or what stands for one; null when the content itself is the identity. */
  #ownKey(): string | null {
    const key = this.#cell('key')
    if (key) return String(key)
    const name = this.#cell('name')
    if (this.#entity === 'members' || this.#entity === 'customers') return String(name ?? '')
    if (this.#entity === 'contacts') return `~${String(this.#cell('customer') ?? '')}/${String(name ?? '')}`
    return null
  }

  #shown(field: string, cells: readonly (string | undefined)[]): string {
    const index = FIELDS[this.#entity].findIndex((spec) => spec.name === field)
    return cells[index] ?? ''
  }

  #refuse(line: number, { field, expected }: Problem, value: string, raw: string): void {
    const shown = value.slice(0, MAX_SHOWN_VALUE)
    this.#batch.rejects.push({ line, field, value: shown, expected, row: raw.slice(0, MAX_SHOWN_ROW) })
  }
}

interface BatchUnderWay {
  read: number
  readonly lines: number[]
  readonly keys: string[]
  readonly prints: string[]
  readonly values: Value[][]
  readonly days: number[]
  readonly rejects: RowReject[]
  latestAt: number | null
}

function emptyBatch(width: number): BatchUnderWay {
  const values = Array.from({ length: width }, (): Value[] => [])
  return { read: 0, lines: [], keys: [], prints: [], values, days: [], rejects: [], latestAt: null }
}
