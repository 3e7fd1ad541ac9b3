import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { AppError } from '../errors.ts'
import { decodeToUtf8 } from './decode.ts'
import { readCsv } from './read-csv.ts'
import { readXlsx } from './read-xlsx.ts'
import type { TableRows } from './table.ts'

const CHUNK_BYTES = 262_144
const GZIP = [0x1f, 0x8b]
const ZIP = [0x50, 0x4b, 0x03, 0x04]
const OLD_EXCEL = [0xd0, 0xcf, 0x11, 0xe0]

/** A table file and how much of it has been read. */
export interface OpenTable {
  readonly rows: TableRows
  readonly workbook: boolean
  /** Share of the file read so far, 0 to 1. */
  readonly share: () => number
}

/**
 * Opens delimited text (plain or gzip) or an Excel workbook; the content decides, not the name.
 * @throws AppError `not-found` or `bad-input` with a sentence for the person who named the file.
 */
export async function openTable(file: string, sheet: string | null): Promise<OpenTable> {
  const { size, start } = await look(file)
  if (size === 0) throw wrong(`${file} is empty.`)
  if (startsWith(start, OLD_EXCEL)) {
    throw wrong(`${file} is an old Excel file (.xls). Save it as .xlsx or as CSV (UTF-8).`)
  }
  if (startsWith(start, ZIP)) return { rows: readXlsx(file, sheet), workbook: true, share: () => 0 }
  const source = createReadStream(file, { highWaterMark: CHUNK_BYTES })
  const bytes = startsWith(start, GZIP) ? unpack(source, file) : source
  return { rows: readCsv(decodeToUtf8(bytes)), workbook: false, share: () => source.bytesRead / size }
}

async function* unpack(source: NodeJS.ReadableStream, file: string): AsyncGenerator<Buffer> {
  const unpacked = pipeline(source, createGunzip({ chunkSize: CHUNK_BYTES }), () => {})
  try {
    for await (const chunk of unpacked) yield chunk
  } catch (cause) {
    throw wrong(`${file} cannot be unpacked: it is damaged or cut off.`, cause)
  }
}

async function look(file: string): Promise<{ size: number; start: Buffer }> {
  try {
    const info = await stat(file)
    if (!info.isFile()) throw wrong(`${file} is not a file.`)
    const handle = await open(file)
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0)
      return { size: info.size, start: buffer.subarray(0, bytesRead) }
    } finally {
      await handle.close()
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    if (cause instanceof Error && Reflect.get(cause, 'code') === 'ENOENT')
      throw wrong(`There is no file ${file}.`, cause)
    throw wrong(`${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, cause)
  }
}

function startsWith(bytes: Buffer, signature: readonly number[]): boolean {
  return signature.every((byte, at) => bytes[at] === byte)
}

function wrong(say: string, cause?: unknown): AppError {
  return new AppError('bad-input', 'the file cannot be read', { say, cause })
}
