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
  let reader: CsvReader | null = null
  for await (const chunk of chunks) {
    reader ??= new CsvReader(delimiterOf(chunk))
    yield reader.write(chunk)
    reader.check()
  }
  if (!reader) return
  yield await reader.end()
  reader.check()
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
  #line = 0

  constructor(delimiter: string) {
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
    const line = this.#line + 1
    const reason =
      code === 'CSV_MAX_RECORD_SIZE'
        ? `the row is longer than ${MAX_RECORD_BYTES} bytes (a quote left open, or no table)`
        : code === 'CSV_QUOTE_NOT_CLOSED'
          ? 'a quote is opened and never closed'
          : 'the text is no table'
    throw new AppError('bad-input', 'the table cannot be read further', {
      cause: this.#failure,
      say: `Line ${line}: ${reason}. Rows before it were loaded; mend the line and import the file again.`,
      data: { line, code },
    })
  }

  #drain(): TableRow[] {
    const rows: TableRow[] = []
    for (;;) {
      const next: { record: string[]; info: { lines: number } } | null = this.#parser.read()
      if (next === null) return rows
      const { record: cells, info } = next
      const spanned = info.lines - this.#line > 1
      this.#line = info.lines
      rows.push({ line: spanned ? info.lines - newlinesIn(cells) : info.lines, cells })
    }
  }
}

function newlinesIn(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0)
}
