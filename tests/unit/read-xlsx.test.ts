import { expect, it } from 'vitest'
import { readXlsx } from '../../src/sync/read-xlsx.ts'
import { tempFolder } from '../support/temp-files.ts'
import { workbook, zipOf } from '../support/zip-file.ts'

const files = tempFolder()
const ROWS = [
  '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>时间</t></is></c><c r="C1" t="s"><v>1</v></c></row>',
  '<row r="2"><c r="A2" t="str"><f>1+1</f><v>c1</v></c><c r="B2" s="1"><v>46348</v></c><c r="C2"><v>0.30000000000000004</v></c></row>',
  '<row r="3"/>',
  '<row r="4"><c r="B4" s="2"><v>46348.395833333336</v></c></row>',
].join('')
const SHARED = [
  '<si><r><t>客户</t></r><r><t>编号</t></r><rPh><t>kehu</t></rPh></si>',
  '<si><t xml:space="preserve">金额</t></si>',
]
const CUSTOM = '<numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot; hh:mm"/>'

async function read(name: string, content: Buffer, sheet: string | null = null) {
  const rows = []
  for await (const portion of readXlsx(files.write(name, content), sheet)) rows.push(...portion)
  return rows
}

it('reads shared, inline and formula texts, numbers and dates by their format', async () => {
  const book = workbook([{ name: '一月', rows: ROWS }], {
    shared: SHARED,
    formats: [0, 14, 164],
    custom: CUSTOM,
  })
  expect(await read('book.xlsx', book)).toEqual([
    { line: 1, cells: ['客户编号', '时间', '金额'] },
    { line: 2, cells: ['c1', '2026-11-22', '0.3'] },
    { line: 4, cells: ['', '2026-11-22 09:30:00', ''] },
  ])
})

it('counts from 1904 where the workbook says so', async () => {
  const rows = '<row r="1"><c r="A1" s="1"><v>44886</v></c></row>'
  const book = workbook([{ name: 'a', rows }], { formats: [0, 14], from1904: true })
  expect(await read('mac.xlsx', book)).toEqual([{ line: 1, cells: ['2026-11-22'] }])
})

it('reads the first sheet, or the one that is named', async () => {
  const cell = (text: string) => `<row r="1"><c r="A1" t="inlineStr"><is><t>${text}</t></is></c></row>`
  const book = workbook([
    { name: '一', rows: cell('first') },
    { name: '二', rows: cell('second') },
  ])
  expect(await read('two.xlsx', book)).toMatchObject([{ cells: ['first'] }])
  expect(await read('two.xlsx', book, '二')).toMatchObject([{ cells: ['second'] }])
  await expect(read('two.xlsx', book, '三')).rejects.toMatchObject({ say: expect.stringContaining('一, 二') })
})

it('says what is wrong with a zip that is no workbook, and with a damaged one', async () => {
  await expect(read('zip.xlsx', zipOf({ 'a.txt': 'hello' }))).rejects.toMatchObject({
    code: 'bad-input',
    say: expect.stringContaining('no Excel workbook'),
  })
  const cut = workbook([{ name: 'a', rows: ROWS }]).subarray(0, 300)
  await expect(read('cut.xlsx', cut)).rejects.toMatchObject({ code: 'bad-input' })
  const broken = workbook([{ name: 'a', rows: '<row r="1"><c></row>' }])
  await expect(read('broken.xlsx', broken)).rejects.toMatchObject({ code: 'bad-input' })
})

it('pads rows to the width of the header also below a narrow title', async () => {
  const text = (at: string, value: string) => `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`
  const rows = [
    `<row r="1">${text('A1', '2026年订单明细')}</row>`,
    `<row r="2">${text('A2', '客户')}${text('B2', '时间')}${text('C2', '备注')}</row>`,
    `<row r="3">${text('A3', 'c1')}${text('B3', '2026-01-05')}</row>`,
  ].join('')
  expect(await read('titled.xlsx', workbook([{ name: 'a', rows }]))).toEqual([
    { line: 1, cells: ['2026年订单明细'] },
    { line: 2, cells: ['客户', '时间', '备注'] },
    { line: 3, cells: ['c1', '2026-01-05', ''] },
  ])
})
