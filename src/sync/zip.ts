import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { AppError } from '../errors.ts'

/** The parts of a workbook by name. */
export interface Archive {
  has(name: string): boolean
  /** A part's text in chunks. */
  text(name: string): AsyncGenerator<string>
  close(): void
}

/** @throws AppError `bad-input` when the file is no zip archive. */
export async function openArchive(file: string): Promise<Archive> {
  const zip = await openPromise(file, { lazyEntries: true, autoClose: false }).catch((cause: unknown) => {
    throw damaged(file, cause)
  })
  const entries = await listEntries(zip).catch((cause: unknown) => {
    zip.close()
    throw damaged(file, cause)
  })
  return {
    has: (name) => entries.has(name),
    text: (name) => readText(zip, entries.get(name), file),
    close: () => zip.close(),
  }
}

async function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry)
  return entries
}

async function* readText(zip: ZipFile, entry: Entry | undefined, file: string): AsyncGenerator<string> {
  if (!entry) return
  try {
    const stream = await zip.openReadStreamPromise(entry)
    stream.setEncoding('utf8')
    for await (const chunk of stream) yield String(chunk)
  } catch (cause) {
    throw damaged(file, cause)
  }
}

function damaged(file: string, cause: unknown): AppError {
  if (cause instanceof AppError) return cause
  const say = `${file} is no Excel workbook, or it is damaged. Save it again as .xlsx, or as CSV (UTF-8).`
  return new AppError('bad-input', 'the workbook cannot be read', { say, cause })
}
