import { AppError } from '../errors.ts'
import { dateText, ZERO_1900, ZERO_1904 } from './serial-date.ts'
import type { TableRow, TableRows } from './table.ts'
import { parsePart, readDateStyles, readSharedStrings, readWorkbook, type Workbook } from './xlsx-parts.ts'
import { type Archive, openArchive } from './zip.ts'

/** Excel's last column is XFD. */
const MAX_COLUMNS = 16_384
const MAX_CELL_CHARACTERS = 1_048_576

/**
 * Rows of one sheet of an Excel workbook (.xlsx), read as a stream. Date cells become `2026-11-22` or
 * `2026-11-22 09:30:00`; formulas give their stored value. Blank rows are skipped.
 * @throws AppError `bad-input` when the file is no workbook or has no such sheet.
 */
export async function* readXlsx(file: string, sheetName: string | null): TableRows {
  const archive = await openArchive(file)
  try {
    if (!archive.has('xl/workbook.xml')) throw wrong(`${file} is a zip archive but no Excel workbook.`)
    const workbook = await readWorkbook(archive)
    const part = sheetPart(workbook, sheetName, file)
    const shared = await readSharedStrings(archive)
    const styles = await readDateStyles(archive)
    yield* sheetRows(archive, part, new CellReader(shared, styles, workbook.from1904))
  } finally {
    archive.close()
  }
}

function sheetPart({ sheets }: Workbook, wanted: string | null, file: string): string {
  const sheet = wanted === null ? sheets[0] : sheets.find((one) => one.name === wanted)
  if (sheet) return sheet.part
  const names = sheets.map((one) => one.name).join(', ')
  throw wrong(
    wanted === null ? `${file} has no sheets.` : `${file} has no sheet "${wanted}". It has: ${names}`,
  )
}

async function* sheetRows(archive: Archive, part: string, reader: CellReader): TableRows {
  let rows: TableRow[] = []
  let width = 0
  let line = 0
  let cells: string[] = []
  const endRow = (): void => {
    if (cells.every((cell) => cell === '')) return
    width = Math.max(width, cells.length)
    // Empty cells at the end of a row are not stored in the file.
    while (cells.length < width) cells.push('')
    rows.push({ line, cells })
  }
  const handlers = {
    open: (name: string, attributes: Readonly<Record<string, string>>): void => {
      if (name === 'row') {
        line = Number(attributes.r ?? line + 1)
        cells = []
      } else reader.open(name, attributes, cells.length)
    },
    text: (text: string): void => reader.text(text),
    close: (name: string): void => {
      if (name === 'row') endRow()
      const cell = reader.close(name)
      if (cell === null) return
      while (cells.length < cell.column) cells.push('')
      cells[cell.column] = cell.text
    },
  }
  for await (const _ of parsePart(archive, part, handlers)) {
    if (rows.length === 0) continue
    yield rows
    rows = []
  }
  if (rows.length > 0) yield rows
}

/** Puts one cell together from its tags: `<c r="B2" s="3" t="s"><v>7</v></c>`. */
class CellReader {
  readonly #shared: readonly string[]
  readonly #dateStyles: readonly boolean[]
  readonly #zero: number
  #column = 0
  #type = 'n'
  #isDate = false
  #value = ''
  #taking = false

  constructor(shared: readonly string[], dateStyles: readonly boolean[], from1904: boolean) {
    this.#shared = shared
    this.#dateStyles = dateStyles
    this.#zero = from1904 ? ZERO_1904 : ZERO_1900
  }

  open(name: string, attributes: Readonly<Record<string, string>>, next: number): void {
    if (name === 'c') {
      this.#column = attributes.r === undefined ? next : columnIndex(attributes.r)
      this.#type = attributes.t ?? 'n'
      this.#isDate = this.#dateStyles[Number(attributes.s ?? -1)] ?? false
      this.#value = ''
    }
    this.#taking = name === 'v' || name === 't'
  }

  text(text: string): void {
    if (!this.#taking) return
    this.#value += text
    if (this.#value.length > MAX_CELL_CHARACTERS) throw wrong('A cell of the workbook is longer than 1 MB.')
  }

  close(name: string): { column: number; text: string } | null {
    if (name === 'v' || name === 't') this.#taking = false
    return name === 'c' ? { column: this.#column, text: this.#text() } : null
  }

  #text(): string {
    switch (this.#type) {
      case 's':
        return this.#shared[Number(this.#value)] ?? ''
      case 'n':
        return this.#isDate ? dateText(this.#value, this.#zero) : plainNumber(this.#value)
      case 'd':
        return this.#value.replace('T', ' ').replace(/Z$/, '')
      default:
        return this.#value
    }
  }
}

/** `AB12` → 27. */
function columnIndex(reference: string): number {
  let index = 0
  for (const letter of reference) {
    const value = letter.charCodeAt(0) - 64
    if (value < 1 || value > 26) break
    index = index * 26 + value
  }
  if (index > MAX_COLUMNS) throw wrong(`The workbook has a cell beyond the last column: ${reference}`)
  return index - 1
}

/** Excel stores 0.1+0.2 as 0.30000000000000004; 15 digits are what it shows. */
function plainNumber(text: string): string {
  if (text.length <= 15 && !/e/i.test(text)) return text
  const value = Number(text)
  return Number.isFinite(value) ? String(Number(value.toPrecision(15))) : text
}

function wrong(say: string): AppError {
  return new AppError('bad-input', 'the workbook cannot be read', { say })
}
