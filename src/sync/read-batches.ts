import { AppError, asAppError } from '../errors.ts'
import type { Settings } from '../settings.ts'
import type { Batch } from './batch.ts'
import type { Entity } from './connector.ts'
import { FIELDS } from './fields.ts'
import { type FieldSource, type MappingOptions, planMapping } from './mapping.ts'
import { createNormaliser, type Normaliser } from './normalise.ts'
import { openTable } from './open-table.ts'
import { fieldReaders, Unreadable } from './read-field.ts'
import type { TableRow } from './table.ts'

/** What to read and how: plain data, so that a thread can be given it. */
export interface ReadInput extends MappingOptions {
  readonly file: string
  readonly entity: Entity
  readonly sheet: string | null
  readonly dateFormat: string | undefined
  readonly serials?: boolean
  readonly settings: Settings
  /** The present, by the clock of the run. */
  readonly now: number
}

/** A batch, and how much of the file has been read (0 to 1). */
export interface ReadPage {
  readonly batch: Batch
  readonly share: number
}

/** One write transaction: large enough to be quick, small enough that others get their turn. */
const BATCH_ROWS = 5000
/** Long texts fill a batch sooner. */
const BATCH_CHARACTERS = 4_000_000

/**
 * Reads a file into batches of sound rows and rejects. When the file cannot be read to its end, the rows before
 * the fault come first and then the error.
 */
export async function* readBatches(input: ReadInput): AsyncGenerator<ReadPage> {
  const table = await openTable(input.file, input.sheet)
  const known = { ...input, serials: table.workbook }
  let reader: RowReader | null = null
  try {
    for await (const portion of table.rows) {
      const header: Header | null = reader === null ? findHeader(known, portion) : null
      reader ??= header?.reader ?? null
      if (reader === null) continue
      for (const row of header?.rows ?? portion) {
        reader.read(row)
        if (reader.full()) yield { batch: reader.take(), share: table.share() }
      }
    }
  } catch (error) {
    if (reader?.any()) yield { batch: reader.take(), share: table.share() }
    throw asAppError(error)
  }
  if (!reader)
    throw new AppError('bad-input', 'the file has no header', { say: `${input.file} has no header line.` })
  if (reader.any()) yield { batch: reader.take(), share: 1 }
}

/** Exports often begin with a title, a period, the name of who made them. */
const HEADER_WITHIN = 10

interface Header {
  readonly reader: RowReader
  /** The rows after it. */
  readonly rows: readonly TableRow[]
}

/** The first row that fits as a header. When none does, the widest one is blamed. */
function findHeader(input: ReadInput, portion: readonly TableRow[]): Header | null {
  let [widest, refusal]: [number, unknown] = [0, null]
  for (const [at, { cells }] of portion.slice(0, HEADER_WITHIN).entries()) {
    try {
      return { reader: new RowReader(input, cells), rows: portion.slice(at + 1) }
    } catch (error) {
      const filled = cells.filter((cell) => !isBlank(cell)).length
      if (filled > widest) [widest, refusal] = [filled, error]
    }
  }
  if (refusal !== null) throw refusal
  return null
}

/** A constant that cannot be read would reject every row. */
function refuseBadConstants({ entity, set, settings, ...options }: ReadInput): void {
  const { reader } = fieldReaders(settings, options)
  for (const spec of FIELDS[entity]) {
    const constant = set[spec.name]
    if (constant === undefined || constant === '') continue
    const value = reader(spec)(constant)
    if (!(value instanceof Unreadable)) continue
    const say = `--set ${spec.name}=${constant}: expected ${value.expected}`
    throw new AppError('bad-input', 'a constant cannot be read', { say })
  }
}

function isBlank(cell: string): boolean {
  return cell.trim() === ''
}

class RowReader {
  readonly #sources: readonly (FieldSource | null)[]
  readonly #width: number
  readonly #normaliser: Normaliser
  #characters = 0

  constructor(input: ReadInput, header: readonly string[]) {
    const { sources, present } = planMapping(input.entity, header, input)
    refuseBadConstants(input)
    this.#sources = sources
    this.#width = header.length
    this.#normaliser = createNormaliser(input.entity, present, input.settings, input)
  }

  /** Rows without any value are skipped: spreadsheets write them below the last one. */
  read({ line, cells }: TableRow): void {
    if (cells.every(isBlank)) return
    const raw = (): string => cells.join(',')
    if (cells.length !== this.#width && !this.#onlyBlanksDiffer(cells)) {
      const expected = `${this.#width} columns, found ${cells.length}`
      this.#normaliser.reject(line, { field: '(row)', expected }, '', raw())
      return
    }
    let characters = 0
    const values = this.#sources.map((source) => {
      if (source === null) return undefined
      if ('constant' in source) return source.constant
      const cell = cells[source.column]
      characters += cell?.length ?? 0
      return cell
    })
    this.#characters += characters
    this.#normaliser.add(line, values, raw)
  }

  /** Spreadsheets add empty cells at the end of a row. Too few may be a line that was cut off. */
  #onlyBlanksDiffer(cells: readonly string[]): boolean {
    const extra = cells.slice(this.#width)
    return cells.length > this.#width && extra.every(isBlank)
  }

  any(): boolean {
    return this.#normaliser.count() > 0
  }

  full(): boolean {
    return this.#normaliser.count() >= BATCH_ROWS || this.#characters >= BATCH_CHARACTERS
  }

  take(): Batch {
    this.#characters = 0
    return this.#normaliser.take()
  }
}
