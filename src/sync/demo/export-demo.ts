import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ENTITIES, type Entity, type SourceRow } from '../connector.ts'
import { type DemoOptions, demoConnector } from './demo-connector.ts'

export interface ExportedFile {
  readonly file: string
  readonly entity: Entity
  readonly rows: number
}

/** Excel takes a file for UTF-8 only with a byte order mark. */
const BYTE_ORDER_MARK = '\u{FEFF}'

/** Writes the demo company as `members.csv`, `customers.csv` … into `folder`, as `liuke import` reads them. */
export async function exportDemo(options: DemoOptions, folder: string): Promise<ExportedFile[]> {
  await mkdir(folder, { recursive: true })
  // By key: of a row that comes twice the later version stands.
  const rows = new Map<Entity, Map<string, SourceRow>>(ENTITIES.map((entity) => [entity, new Map()]))
  for await (const page of demoConnector(options).pull(null, new AbortController().signal)) {
    for (const row of page.rows) rows.get(row.entity)?.set(row.values.key ?? '', row)
  }
  const written: ExportedFile[] = []
  for (const [entity, byKey] of rows) {
    const list = [...byKey.values()]
    const file = join(folder, `${entity}.csv`)
    await pipeline(Readable.from(csv(list)), createWriteStream(file))
    written.push({ file, entity, rows: list.length })
  }
  return written
}

function* csv(rows: readonly SourceRow[]): Generator<string> {
  const columns = Object.keys(rows[0]?.values ?? {})
  yield `${BYTE_ORDER_MARK}${columns.join(',')}\n`
  for (const { values } of rows) yield `${columns.map((column) => cell(values[column] ?? '')).join(',')}\n`
}

function cell(value: string): string {
  return /[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}
