import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '../../src/errors.ts'
import { type ImportOptions, importFile } from '../../src/sync/import-file.ts'
import { tempFolder } from '../support/temp-files.ts'
import { sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

const HEAD = 'customer,at,kind,amount,key\n'
const GOOD = 'good,2026-01-05,order,10,g1\n'
const files = tempFolder()
let ctx: TestCtx & { close(): Promise<void> }
let number = 0

beforeAll(async () => {
  ctx = await sqliteCtx()
})
afterAll(() => ctx.close())

async function load(content: string | Buffer, options: Partial<ImportOptions> = {}) {
  number++
  const file = options.file ?? files.write(`bad-${number}.csv`, content)
  const source = `bad-${number}`
  const outcome = await importFile(ctx, { as: 'events', ...options, source, file }).catch(
    (error: unknown) => error,
  )
  const { stored } = await ctx.db
    .selectFrom('events')
    .select((eb) => eb.fn.countAll<number>().as('stored'))
    .where('source', '=', source)
    .executeTakeFirstOrThrow()
  return { outcome, stored }
}

describe('rows that are rejected while the good row loads', () => {
  it.each([
    ['a wrong date', 'c,yesterday,order,1,k', 'at', 'a date such as'],
    ['an impossible date', 'c,2026-02-30,order,1,k', 'at', 'a date such as'],
    ['a future date', 'c,2026-11-24,order,1,k', 'at', 'not after today (2026-11-23)'],
    ['a date before 1970', 'c,1969-12-31,order,1,k', 'at', 'not before 1970'],
    ['a wrong amount', 'c,2026-01-05,order,ten,k', 'amount', 'an amount of money'],
    ['a negative amount', 'c,2026-01-05,order,-5,k', 'amount', 'use kind=refund'],
    ['an unknown kind', 'c,2026-01-05,gift,5,k', 'kind', 'order, payment'],
    ['a kind that is a word of the language', 'c,2026-01-05,constructor,5,k', 'kind', 'order, payment'],
    ['no customer', ' ,2026-01-05,order,5,k', 'customer', 'a value'],
    ['a key that is too long', `${'c'.repeat(201)},2026-01-05,order,5,k`, 'customer', 'at most 200'],
    ['too few columns', 'c,2026-01-05', '(row)', '5 columns, found 2'],
    ['too many columns', 'c,2026-01-05,order,5,k,more', '(row)', '5 columns, found 6'],
    [
      'a key twice with different content',
      'c,2026-01-05,order,5,g1',
      'key',
      'first on line 2, with different content',
    ],
  ])('%s', async (_name, row, field, expected) => {
    const { outcome, stored } = await load(`${HEAD}${GOOD}${row}\n`)
    expect(outcome).toMatchObject({ read: 2, added: 1, rejected: 1, rejects: [{ line: 3, field }] })
    expect(outcome).toMatchObject({ rejects: [{ expected: expect.stringContaining(expected) }] })
    expect(stored).toBe(1)
  })

  it('a key twice with the same content counts as unchanged', async () => {
    const { outcome } = await load(HEAD + GOOD + GOOD)
    expect(outcome).toMatchObject({ read: 2, added: 1, unchanged: 1, rejected: 0 })
  })

  it('names the date format that was asked for', async () => {
    const { outcome } = await load(`${HEAD}c,05/01/2026,order,1,k\n`, { dateFormat: 'MM-dd-yyyy' })
    expect(outcome).toMatchObject({
      rejects: [{ field: 'at', expected: expect.stringContaining('a date written as MM-dd-yyyy') }],
    })
  })

  it('names the first line also when it lies batches before', async () => {
    const many = Array.from({ length: 12_000 }, (_, i) => `c,2026-01-05,order,1,k${i}\n`).join('')
    const { outcome } = await load(`${HEAD}${many}c,2026-01-05,order,2,k7\n`)
    expect(outcome).toMatchObject({
      added: 12_000,
      rejects: [{ line: 12_002, expected: expect.stringContaining('first on line 9,') }],
    })
  })

  it('a refund may be written negative', async () => {
    const { outcome } = await load(`${HEAD}c,2026-01-05,refund,-5,k\n`)
    expect(outcome).toMatchObject({ added: 1, rejected: 0 })
  })

  it('a survey score must be on its scale', async () => {
    const csv = 'customer,at,kind,score\nc,2026-01-05,nps,11\nc,2026-01-05,nps,9\nc,2026-01-05,stars,3\n'
    const { outcome } = await load(csv, { as: 'surveys' })
    expect(outcome).toMatchObject({
      added: 1,
      rejects: [{ field: 'score' }, { field: 'kind', expected: 'nps, csat' }],
    })
  })
})

describe('files that are refused with a sentence', () => {
  it.each([
    ['an empty file', '', {}, 'is empty'],
    ['a missing column', 'customer,when\nc,2026-01-05\n', {}, '--map at=COLUMN'],
    ['a missing kind', 'customer,at\nc,2026-01-05\n', {}, '--set kind=VALUE'],
    [
      'an unknown field',
      HEAD + GOOD,
      { map: { price: 'amount' } },
      'Unknown field price. The fields are: customer, at',
    ],
    ['a constant of no kind', HEAD + GOOD, { set: { kind: 'gift' } }, '--set kind=gift: expected order,'],
    ['a constant date', HEAD + GOOD, { set: { at: 'soon' } }, '--set at=soon: expected a date such as'],
    [
      'columns that do not fit, below a title',
      '订单明细\n导出人,王芳\n编号,何时,多少\n1,2026-01-05,5\n',
      {},
      'The file has: 编号, 何时, 多少',
    ],
    ['an unknown column', HEAD + GOOD, { map: { note: 'remarks' } }, 'There is no column "remarks"'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), {}, 'binary data'],
    ['an old Excel file', Buffer.from('d0cf11e0a1b11ae1000000000000', 'hex'), {}, 'old Excel file'],
    ['a zip that is no workbook', Buffer.from('504b0304140000000000', 'hex'), {}, 'no Excel workbook'],
    [
      'bytes of no encoding',
      Buffer.concat([Buffer.from(HEAD), Buffer.from([0xff, 0xff, 0x31, 0x0a])]),
      {},
      'not valid',
    ],
    ['a cut gzip', gzipSync(HEAD + GOOD.repeat(50)).subarray(0, 40), {}, 'cannot be unpacked'],
    ['a missing file', '', { file: '/no/such/file.csv' }, 'There is no file /no/such/file.csv'],
  ])('%s', async (_name, content, options, sentence) => {
    const { outcome, stored } = await load(content, options)
    expect(outcome).toBeInstanceOf(AppError)
    expect(outcome).toMatchObject({ code: 'bad-input', say: expect.stringContaining(sentence) })
    expect(stored).toBe(0)
  })

  it('a header alone is a table without rows', async () => {
    expect((await load(HEAD)).outcome).toMatchObject({ read: 0, added: 0, rejected: 0 })
  })
})

describe('faults in the middle of a file', () => {
  it('a quote that is never closed names its line; the rows before it stay', async () => {
    const { outcome, stored } = await load(`${HEAD}${GOOD}c,2026-01-05,order,1,"open\n${'x,y\n'.repeat(100)}`)
    expect(outcome).toMatchObject({ code: 'bad-input', say: expect.stringContaining('Line 3: a quote') })
    expect(stored).toBe(1)
  })

  it('bytes that do not fit the encoding refuse the rest; the rows before them stay', async () => {
    const many = Array.from({ length: 40_000 }, (_, i) => `客户,2026-01-05,order,1,k${i}\n`).join('')
    const { outcome, stored } = await load(
      Buffer.concat([Buffer.from(HEAD + many), Buffer.from([0xff, 0xfe, 0x0a])]),
    )
    expect(outcome).toMatchObject({ code: 'bad-input', say: expect.stringContaining('not valid UTF-8') })
    expect(stored).toBeGreaterThan(20_000)
  })

  it('a field of hundreds of megabytes is refused in little memory; the rows before it stay', async () => {
    const file = files.path('huge.csv')
    const megabyte = Buffer.alloc(1_048_576, 'x')
    function* parts() {
      yield Buffer.from(HEAD + GOOD)
      for (let i = 0; i < 300; i++) yield megabyte
    }
    await pipeline(Readable.from(parts()), createWriteStream(file))
    const before = process.memoryUsage().rss
    const { outcome, stored } = await load('', { file })
    expect(outcome).toMatchObject({
      code: 'bad-input',
      say: expect.stringContaining('Line 3: the row is longer'),
    })
    expect(stored).toBe(1)
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1_048_576)
  })
})
