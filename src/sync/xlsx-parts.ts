import { SaxesParser, type SaxesTagPlain } from 'saxes'
import { AppError } from '../errors.ts'
import type { Archive } from './zip.ts'

/** Handlers of one XML part. Names come without namespace prefix. */
export interface XmlHandlers {
  readonly open: (name: string, attributes: Readonly<Record<string, string>>) => void
  readonly close?: (name: string) => void
  readonly text?: (text: string) => void
}

/** Feeds a part to the handlers; yields after every chunk so that results can be handed on. */
export async function* parsePart(
  archive: Archive,
  name: string,
  handlers: XmlHandlers,
): AsyncGenerator<void> {
  const parser = new SaxesParser()
  parser.on('opentag', (tag: SaxesTagPlain) => handlers.open(localName(tag.name), tag.attributes))
  parser.on('closetag', (tag: SaxesTagPlain) => handlers.close?.(localName(tag.name)))
  parser.on('text', (text: string) => handlers.text?.(text))
  try {
    for await (const chunk of archive.text(name)) {
      parser.write(chunk)
      yield
    }
    parser.close()
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    const say = `The workbook is damaged (${name}). Save it again, or as CSV (UTF-8).`
    throw new AppError('bad-input', 'a part of the workbook is no XML', { say, cause })
  }
}

/** Feeds a whole part to the handlers. */
export async function readPart(archive: Archive, name: string, handlers: XmlHandlers): Promise<void> {
  for await (const _ of parsePart(archive, name, handlers));
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

/** A workbook's sheets in order, and whether its dates count from 1904. */
export interface Workbook {
  readonly sheets: readonly { readonly name: string; readonly part: string }[]
  readonly from1904: boolean
}

export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const targets = new Map<string, string>()
  await readPart(archive, 'xl/_rels/workbook.xml.rels', {
    open: (name, { Id, Target }) => {
      if (name === 'Relationship' && Id !== undefined && Target !== undefined)
        targets.set(Id, partName(Target))
    },
  })
  const sheets: { name: string; part: string }[] = []
  let from1904 = false
  await readPart(archive, 'xl/workbook.xml', {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes.date1904 ?? '')
      const part = name === 'sheet' ? targets.get(attributes['r:id'] ?? '') : undefined
      if (part !== undefined) sheets.push({ name: attributes.name ?? '', part })
    },
  })
  return { sheets, from1904 }
}

function partName(target: string): string {
  return target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`
}

/** Excel's own limit for distinct texts is its rows; far beyond it a file is not worth holding in memory. */
const MAX_SHARED_CHARACTERS = 100_000_000

/** Texts that cells refer to by number. Phonetic guides (rPh) are not part of them. */
export async function readSharedStrings(archive: Archive): Promise<string[]> {
  const strings: string[] = []
  let current = ''
  let taking = false
  let phonetic = false
  let total = 0
  await readPart(archive, 'xl/sharedStrings.xml', {
    open: (name) => {
      if (name === 'si') current = ''
      else if (name === 'rPh') phonetic = true
      else if (name === 't') taking = !phonetic
    },
    text: (text) => {
      if (taking) current += text
    },
    close: (name) => {
      if (name === 't') taking = false
      if (name === 'rPh') phonetic = false
      if (name !== 'si') return
      strings.push(current)
      total += current.length
      if (total > MAX_SHARED_CHARACTERS) throw tooLarge()
    },
  })
  return strings
}

function tooLarge(): AppError {
  const say = 'The workbook holds too much text. Save the sheet as CSV (UTF-8) and import that.'
  return new AppError('bad-input', 'the workbook is too large', { say })
}

/** Built-in number formats that show a date or a time (ECMA-376 18.8.30; 27–36 and 50–58 are the Chinese ones). */
function isBuiltInDate(id: number): boolean {
  return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
}

/** For every cell style: does its number format show a date? */
export async function readDateStyles(archive: Archive): Promise<boolean[]> {
  const custom = new Map<number, boolean>()
  const styles: boolean[] = []
  let inCellStyles = false
  await readPart(archive, 'xl/styles.xml', {
    open: (name, attributes) => {
      if (name === 'numFmt')
        custom.set(Number(attributes.numFmtId), isDateFormat(attributes.formatCode ?? ''))
      if (name === 'cellXfs') inCellStyles = true
      if (name !== 'xf' || !inCellStyles) return
      const id = Number(attributes.numFmtId ?? 0)
      styles.push(custom.get(id) ?? isBuiltInDate(id))
    },
    close: (name) => {
      if (name === 'cellXfs') inCellStyles = false
    },
  })
  return styles
}

/** `yyyy"年"m"月"d"日"` is a date; quoted text, colours and escapes do not count, elapsed time does not matter. */
function isDateFormat(code: string): boolean {
  return /[ymdhs]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '').replace(/general/gi, ''))
}
