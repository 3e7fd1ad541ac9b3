import { expect, it } from 'vitest'
import { readCsv } from '../../src/sync/read-csv.ts'
import type { TableRow } from '../../src/sync/table.ts'
import { fc } from '../support/fast-check.ts'

async function read(...chunks: string[]): Promise<TableRow[]> {
  async function* bytes() {
    for (const chunk of chunks) yield Buffer.from(chunk)
  }
  const rows: TableRow[] = []
  for await (const portion of readCsv(bytes())) rows.push(...portion)
  return rows
}

it('reads plain text and the same text with carriage returns alike, wherever the chunks are cut', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '1', ' ', '客', '-'), maxLength: 4 })
  const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 })
  const cuts = fc.array(fc.nat(40), { maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(table, cuts, async (rows, places) => {
      const text = ['k,v', ...rows.map((row) => row.join(','))].join('\n')
      const at = [0, ...places.sort((a, b) => a - b), text.length]
      const chunks = at.slice(1).map((to, index) => text.slice(at[index], to))
      const plain = await read(...chunks.filter((chunk) => chunk !== ''))
      expect(plain).toEqual(await read(text.replaceAll('\n', '\r\n')))
    }),
  )
})

it('goes on with the right line numbers when quotes come late', async () => {
  expect(await read('a,b\n1,2\n\n3,', '"4\n5"\n6,7\n', '8,9')).toEqual([
    { line: 1, cells: ['a', 'b'] },
    { line: 2, cells: ['1', '2'] },
    { line: 4, cells: ['3', '4\n5'] },
    { line: 6, cells: ['6', '7'] },
    { line: 7, cells: ['8', '9'] },
  ])
})

it.each([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
])('counts lines as an editor does after quoted %s and blank lines', async (_name, end) => {
  const text = ['a,b', '"x', 'y', 'z",1', '', '2,3', '"', '",4', '5,6'].join(end)
  expect((await read(text)).map((row) => row.line)).toEqual([1, 2, 6, 7, 9])
})

it('understands doubled quotes, delimiters in quotes and a stray quote', async () => {
  expect(await read('a;b\n"x;""y""";5" pipe\n')).toMatchObject([
    { cells: ['a', 'b'] },
    { cells: ['x;"y"', '5" pipe'] },
  ])
})
