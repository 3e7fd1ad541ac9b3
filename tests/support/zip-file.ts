import { crc32 } from 'node:zlib'

/** A zip archive with stored (uncompressed) parts, enough for workbooks made by tests. */
export function zipOf(parts: Readonly<Record<string, string>>): Buffer {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const [name, text] of Object.entries(parts)) {
    const [title, body] = [Buffer.from(name), Buffer.from(text)]
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt32LE(crc32(body), 10)
    common.writeUInt32LE(body.length, 14)
    common.writeUInt32LE(body.length, 18)
    common.writeUInt16LE(title.length, 22)
    const header = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, title, body])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    central.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, tail, title]))
    local.push(header)
    offset += header.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(central.length, 4)
  end.writeUInt16LE(central.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...local, directory, Buffer.from('PK\x05\x06', 'latin1'), end])
}

export interface SheetXml {
  readonly name: string
  readonly rows: string
}

/** A workbook: sheets as row XML, shared strings, cell formats by number format id (custom ones from 164 on). */
export function workbook(
  sheets: readonly SheetXml[],
  options: {
    shared?: readonly string[]
    formats?: readonly number[]
    custom?: string
    from1904?: boolean
  } = {},
): Buffer {
  const { shared = [], formats = [0], custom = '', from1904 = false } = options
  const xml = '<?xml version="1.0" encoding="UTF-8"?>'
  const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
  const list = sheets
    .map(({ name }, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`)
    .join('')
  const relations = sheets
    .map((_, at) => `<Relationship Id="rId${at + 1}" Target="worksheets/sheet${at + 1}.xml"/>`)
    .join('')
  const xfs = formats.map((id) => `<xf numFmtId="${id}"/>`).join('')
  const parts: Record<string, string> = {
    '[Content_Types].xml': `${xml}<Types/>`,
    'xl/workbook.xml': `${xml}<workbook ${main} xmlns:r="r"><workbookPr date1904="${from1904 ? 1 : 0}"/><sheets>${list}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${xml}<Relationships>${relations}</Relationships>`,
    'xl/sharedStrings.xml': `${xml}<sst ${main}>${shared.join('')}</sst>`,
    'xl/styles.xml': `${xml}<styleSheet ${main}><numFmts>${custom}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${xfs}</cellXfs></styleSheet>`,
  }
  sheets.forEach(({ rows }, at) => {
    parts[`xl/worksheets/sheet${at + 1}.xml`] =
      `${xml}<worksheet ${main}><sheetData>${rows}</sheetData></worksheet>`
  })
  return zipOf(parts)
}
