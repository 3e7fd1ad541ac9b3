import { finished } from 'node:stream/promises'
import { CsvError, type Parser, parse } from 'csv-parse'
import { AppError } from '../errors.ts'
import type { TableRow, TableRows } from './table.ts'

/** A record longer than this is no record: a quote was left open, or the file is no table. */
const MAX_RECORD_BYTES = 1_048_576
const DELIMITERS = [',', '\t', ';', '|']

/**
 * Rows of delimited text (UTF-8 bytes). The delimiter is the most frequent one of the first line. Quotes, quoted
 * newlines, doubled quotes, CRLF and blank lines are understood.
 * @throws AppError `bad-input` naming the line where the text stops being a table; rows before it were yielded.
 */
export async function* readCsv(chunks: AsyncIterable<Buffer>): TableRows {
  let plain: PlainReader | null = null
  let reader: CsvReader | null = null
  for await (const chunk of chunks) {
    plain ??= new PlainReader(delimiterOf(chunk))
    if (reader === null && isPlain(chunk)) {
      yield plain.write(chunk)
      plain.check()
      continue
    }
    const bytes = reader === null ? Buffer.concat([plain.rest(), chunk]) : chunk
    reader ??= new CsvReader(plain.delimiter, plain.line)
    yield reader.write(bytes)
    reader.check()
  }
  if (reader === null) {
    if (plain) yield plain.end()
    return
  }
  yield await reader.end()
  reader.check()
}

const QUOTE = 0x22
const CARRIAGE_RETURN = 0x0d

/** Without quotes and carriage returns a table is lines and delimiters, which is four times as quick to read. */
function isPlain(chunk: Buffer): boolean {
  return !chunk.includes(QUOTE) && !chunk.includes(CARRIAGE_RETURN)
}

/** Reads plain text up to the first chunk that is not. */
class PlainReader {
  readonly delimiter: string
  /** Lines read so far. */
  line = 0
  #rest = ''

  constructor(delimiter: string) {
    this.delimiter = delimiter
  }

  write(chunk: Buffer): TableRow[] {
    const text = this.#rest + chunk.toString('utf8')
    const rows: TableRow[] = []
    let from = 0
    for (let to = text.indexOf('\n'); to !== -1; to = text.indexOf('\n', from)) {
      this.line++
      if (to > from) rows.push({ line: this.line, cells: text.slice(from, to).split(this.delimiter) })
      from = to + 1
    }
    this.#rest = text.slice(from)
    return rows
  }

  check(): void {
    if (this.#rest.length > MAX_RECORD_BYTES) throw unreadable(this.line + 1, 'CSV_MAX_RECORD_SIZE')
  }

  /** The line that is not complete yet. */
  rest(): Buffer {
    return Buffer.from(this.#rest)
  }

  end(): TableRow[] {
    return this.#rest === '' ? [] : this.write(Buffer.from('\n'))
  }
}

function delimiterOf(chunk: Buffer): string {
  const end = chunk.indexOf('\n')
  const line = chunk
    .toString('utf8', 0, end === -1 ? Math.min(chunk.length, 65_536) : end)
    .replace(/"[^"]*"/g, '')
  const count = (delimiter: string): number => line.split(delimiter).length
  return DELIMITERS.reduce((best, next) => (count(next) > count(best) ? next : best))
}

class CsvReader {
  readonly #parser: Parser
  #failure: unknown = null
  /** The last line read. */
  #line: number
  /** Lines as the parser counts them: it takes a CRLF within quotes for two. */
  #counted = 0
  #blank = 0

  /** @param before lines that stood before the text this reader gets. */
  constructor(delimiter: string, before: number) {
    this.#line = before
    this.#parser = parse({
      delimiter,
      info: true,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      max_record_size: MAX_RECORD_BYTES,
    })
    this.#parser.on('error', (error) => {
      this.#failure = error
    })
  }

  write(chunk: Buffer): TableRow[] {
    this.#parser.write(chunk)
    return this.#drain()
  }

  async end(): Promise<TableRow[]> {
    this.#parser.end()
    await finished(this.#parser, { readable: false }).catch((error: unknown) => {
      this.#failure = error
    })
    return this.#drain()
  }

  /** Throws what stopped the parser, once the rows before it were handed out. */
  check(): void {
    if (this.#failure === null) return
    const code = this.#failure instanceof CsvError ? this.#failure.code : 'unknown'
    throw unreadable(this.#line + 1, code, this.#failure)
  }

  #drain(): TableRow[] {
    const rows: TableRow[] = []
    for (;;) {
      const next: { record: string[]; info: { lines: number; empty_lines: number } } | null =
        this.#parser.read()
      if (next === null) return rows
      const { record: cells, info } = next
      const line = this.#line + 1 + info.empty_lines - this.#blank
      const spanned = info.lines - this.#counted > 1
      rows.push({ line, cells })
      this.#line = spanned ? line + newlinesIn(cells) : line
      this.#counted = info.lines
      this.#blank = info.empty_lines
    }
  }
}

const REASONS: Readonly<Record<string, string>> = {
  CSV_MAX_RECORD_SIZE: `the row is longer than ${MAX_RECORD_BYTES} bytes (a quote left open, or no table)`,
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed',
}

function unreadable(line: number, code: string, cause?: unknown): AppError {
  const reason = REASONS[code] ?? 'the text is no table'
  return new AppError('bad-input', 'the table cannot be read further', {
    cause,
    say: `Line ${line}: ${reason}. Rows before it were loaded; mend the line and import the file again.`,
    data: { line, code },
  })
}

function newlinesIn(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + cell.split(/\r\n|\n|\r/).length - 1, 0)
}
