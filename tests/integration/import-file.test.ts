import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type ImportOptions, importFile } from '../../src/sync/import-file.ts'
import type { ImportReport } from '../../src/sync/report.ts'
import { tempFolder } from '../support/temp-files.ts'
import { describeEachDatabase, sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

const files = tempFolder()
let number = 0

/** Imports a text as a file of its own. */
function load(
  ctx: TestCtx,
  content: string | Buffer,
  options: Partial<ImportOptions> = {},
): Promise<ImportReport> {
  number++
  const file = files.write(`load-${number}.csv`, content)
  return importFile(ctx, { as: 'events', source: `s${number}`, ...options, file })
}

const rows = (ctx: TestCtx, source: string) =>
  ctx.db
    .selectFrom('events')
    .innerJoin('customers', 'customers.id', 'events.customer_id')
    .select([
      'customers.source_key as customer',
      'events.kind',
      'events.amount',
      'events.quantity',
      'events.note',
    ])
    .where('events.source', '=', source)
    .orderBy('events.id')
    .execute()

describeEachDatabase('import', (ctx) => {
  it('counts identical rows of one file by ordinal, and adds nothing the second time', async () => {
    const day = 'c1,2026-01-05,order,10\n'
    const csv = `customer,at,kind,amount\n${day}${day}c2,2026-01-05,order,10\n${day}`
    const first = await load(ctx(), csv, { source: 'twins' })
    expect(first).toMatchObject({ read: 4, added: 4, changed: 0, unchanged: 0, rejected: 0 })
    const second = await load(ctx(), csv, { source: 'twins' })
    expect(second).toMatchObject({ read: 4, added: 0, changed: 0, unchanged: 4 })
    const longer = await load(ctx(), csv + day, { source: 'twins' })
    expect(longer).toMatchObject({ read: 5, added: 1, unchanged: 4 })
    expect(await rows(ctx(), 'twins')).toHaveLength(5)
  })

  it('keeps ordinals right across batches, also when an interrupted load left half of the rows', async () => {
    const line = 'c9,2026-02-02,order,7\n'
    const others = Array.from({ length: 6000 }, (_, i) => `n${i},2026-02-03,order,1\n`).join('')
    const head = 'customer,at,kind,amount\n'
    const full = head + line + line + others + line + line
    expect(
      await load(ctx(), head + line + others.slice(0, 40_000).replace(/\n[^\n]*$/, '\n'), { source: 'cut' }),
    ).toMatchObject({ rejected: 0 })
    expect(await load(ctx(), full, { source: 'cut' })).toMatchObject({ read: 6004, changed: 0, rejected: 0 })
    const again = await load(ctx(), full, { source: 'cut' })
    expect(again).toMatchObject({ added: 0, changed: 0, unchanged: 6004 })
    const found = (await rows(ctx(), 'cut')).filter((row) => row.customer === 'c9')
    expect(found).toHaveLength(4)
  })

  it('changes rows with an own key, leaves absent columns alone and clears empty cells', async () => {
    const source = 'own'
    await load(ctx(), 'customer,at,kind,key,amount,note\nc1,2026-01-05,order,o1,10,hello\n', { source })
    expect(
      await load(ctx(), 'customer,at,kind,key,amount\nc1,2026-01-05,order,o1,12\n', { source }),
    ).toMatchObject({
      added: 0,
      changed: 1,
    })
    expect(await rows(ctx(), source)).toMatchObject([{ amount: 1200, note: 'hello' }])
    await load(ctx(), 'customer,at,kind,key,note\nc1,2026-01-05,order,o1,\n', { source })
    expect(await rows(ctx(), source)).toMatchObject([{ amount: 1200, note: null }])
  })

  it('maps Chinese headers, words and figures by itself', async () => {
    const csv =
      '客户编号,下单时间,类型,金额（元）,数量,备注\nＡ００１,2026年1月5日,下单,"¥1,234.50",２,"第一行\n第二行"\nA002,2026/1/6 9:30,投诉,,,很慢\n'
    expect(await load(ctx(), csv, { source: 'zh' })).toMatchObject({ added: 2, rejected: 0 })
    expect(await rows(ctx(), 'zh')).toMatchObject([
      { customer: 'A001', kind: 'order', amount: 123_450, quantity: 2, note: '第一行\n第二行' },
      { customer: 'A002', kind: 'complaint', amount: null, note: '很慢' },
    ])
  })

  it('loads members, customers and contacts with their references', async () => {
    const source = 'crm'
    const members =
      '工号,姓名,角色,团队,状态,playground\nm1,王芳,销售,华东,在职,m1\nm2,李雷,主管,华东,在职,m2\n'
    expect(await load(ctx(), members, { as: 'members', source })).toMatchObject({ added: 2, rejected: 0 })
    const customers =
      '客户编号,客户名称,负责人,行业\nk1,上海宏达,王芳,包装\nk2,苏州明远,m2,\nk3,无主公司,赵六,\n'
    const report = await load(ctx(), customers, { as: 'customers', source })
    expect(report).toMatchObject({ added: 2, rejected: 1 })
    expect(report.rejects[0]).toMatchObject({ line: 4, field: 'owner', value: '赵六' })
    const owner = await ctx()
      .db.selectFrom('customers')
      .innerJoin('members', 'members.id', 'customers.owner_id')
      .innerJoin('identities', 'identities.member_id', 'members.id')
      .select(['members.name', 'identities.person', 'identities.platform'])
      .where('customers.source_key', '=', 'k1')
      .executeTakeFirst()
    expect(owner).toEqual({ name: '王芳', person: 'm1', platform: 'playground' })
    const contacts = '客户编号,联系人,角色\nk1,张伟,采购\nk2,陈总,决策\n'
    expect(await load(ctx(), contacts, { as: 'contacts', source })).toMatchObject({ added: 2, rejected: 0 })
    const again = await load(ctx(), customers, { as: 'customers', source })
    expect(again).toMatchObject({ added: 0, changed: 0, unchanged: 2 })
  })

  it('writes one contact-change event when the buyer is replaced, however often it is loaded', async () => {
    const source = 'people'
    const head = 'key,customer,name,role,from,left\n'
    await load(ctx(), `${head}p1,acme,张伟,buyer,,\n`, { as: 'contacts', source })
    const replaced = `${head}p1,acme,张伟,buyer,,2026-10-01\np2,acme,李娜,buyer,2026-10-08,\n`
    await load(ctx(), replaced, { as: 'contacts', source })
    await load(ctx(), replaced, { as: 'contacts', source })
    expect(await rows(ctx(), 'contacts')).toMatchObject([
      { customer: 'acme', kind: 'contact-change', note: '张伟→李娜' },
    ])
  })

  it('names the successor also when both come with the first contacts of a customer', async () => {
    const head = 'key,customer,name,role,from,left\n'
    const csv = [
      'p1,first,张伟,buyer,2024-01-01,2026-10-01',
      'p2,first,李娜,buyer,2026-10-08,',
      'p3,first,陈总,decider,2020-01-01,',
      'p4,second,周敏,buyer,2023-01-01,2026-09-01',
      'p5,second,吴强,buyer,2023-05-01,',
    ]
    await load(ctx(), `${head}${csv.join('\n')}\n`, { as: 'contacts', source: 'first-load' })
    const found = (await rows(ctx(), 'contacts')).filter((row) => /first|second/.test(row.customer))
    expect(found).toMatchObject([
      { customer: 'first', kind: 'contact-change', note: '张伟→李娜' },
      { customer: 'second', kind: 'contact-change', note: '周敏→' },
    ])
  })

  it('finds the header below a title and skips rows of empty cells', async () => {
    const csv =
      '2026年订单明细,,,\n导出人：王芳,,,\n\n客户编号,下单时间,类型,金额\nt1,2026-01-05,下单,5\n,,,\n,,,\n'
    const report = await load(ctx(), csv, { source: 'titled' })
    expect(report).toMatchObject({ read: 1, added: 1, rejected: 0 })
    expect(await rows(ctx(), 'titled')).toMatchObject([{ customer: 't1', amount: 500 }])
  })

  it('enriches the customers that events made, whether or not both files name a source', async () => {
    await load(ctx(), 'customer,at,kind\ny1,2026-01-05,order\n', { source: 'import' })
    await load(ctx(), 'key,name,industry\ny1,某某公司,包装\n', { as: 'customers', source: 'import' })
    const found = await ctx()
      .db.selectFrom('customers')
      .select(['name', 'industry'])
      .where('source_key', '=', 'y1')
      .execute()
    expect(found).toEqual([{ name: '某某公司', industry: '包装' }])
  })

  it('finds customers across sources, and hands bare ones over to the source that describes them', async () => {
    await load(ctx(), 'customer,at,kind\nx1,2026-01-05,order\n', { source: 'shop' })
    await load(ctx(), 'key,name\nx1,某某公司\n', { as: 'customers', source: 'erp' })
    await load(ctx(), 'customer,at,kind\nx1,2026-01-06,order\n', { source: 'app' })
    const found = await ctx()
      .db.selectFrom('customers')
      .select(['source', 'name'])
      .where('source_key', '=', 'x1')
      .execute()
    expect(found).toEqual([{ source: 'erp', name: '某某公司' }])
  })

  it('does not take the key of another system for the same event', async () => {
    const head = 'customer,at,kind,key,amount\n'
    await load(ctx(), `${head}z1,2026-01-05,order,1001,10\nz1,2026-01-05,consult,1002,\n`, { source: 'all' })
    const other = `${head}z2,2026-01-06,complaint,1001,\nz1,2026-01-05,order,1002,20\n`
    const report = await load(ctx(), other, { source: 'all' })
    expect(report).toMatchObject({ added: 0, changed: 1, rejected: 1 })
    expect(report.rejects).toMatchObject([
      { line: 2, field: 'key', value: '1001', expected: expect.stringContaining('--source') },
    ])
    expect(await rows(ctx(), 'all')).toMatchObject([
      { customer: 'z1', kind: 'order', amount: 1000 },
      { customer: 'z1', kind: 'order', amount: 2000 },
    ])
    expect(await load(ctx(), other, { source: 'desk' })).toMatchObject({ added: 2, rejected: 0 })
  })

  it('rejects unknown customers on demand', async () => {
    const report = await load(ctx(), 'customer,at,kind\nnobody,2026-01-05,order\n', {
      unknownCustomers: 'reject',
    })
    expect(report).toMatchObject({
      added: 0,
      rejected: 1,
      rejects: [{ line: 2, field: 'customer', value: 'nobody' }],
    })
  })

  it('keeps every reject with its row', async () => {
    const bad = Array.from({ length: 130 }, (_, i) => `c${i},never,order\n`).join('')
    const report = await load(ctx(), `customer,at,kind\n${bad}c,2026-01-05,order\n`, { source: 'bad' })
    expect(report).toMatchObject({ read: 131, added: 1, rejected: 130 })
    expect(report.rejects).toHaveLength(100)
    const kept = await ctx()
      .db.selectFrom('import_rejects')
      .innerJoin('import_runs', 'import_runs.id', 'import_rejects.run_id')
      .select(['import_rejects.line', 'row_text'])
      .where('import_runs.source', '=', 'bad')
      .orderBy('import_rejects.id')
      .execute()
    expect(kept).toHaveLength(130)
    expect(kept[129]).toMatchObject({ row_text: 'c129,never,order' })
  })

  it('leaves nothing in the scratch table', async () => {
    expect(await ctx().db.selectFrom('import_seen').selectAll().execute()).toEqual([])
  })
})

describe('file forms', () => {
  const text = 'customer,at,kind,note\nc1,2026-01-05,order,上海，你好\n'
  const gbk = Buffer.concat([
    Buffer.from('customer,at,kind,note\nc1,2026-01-05,order,'),
    Buffer.from([0xc9, 0xcf, 0xba, 0xa3, 0xa3, 0xac, 0xc4, 0xe3, 0xba, 0xc3]),
    Buffer.from('\n'),
  ])
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text.replaceAll(',', '\t'), 'utf16le')])

  it.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['CRLF', Buffer.from(text.replaceAll('\n', '\r\n'))],
    ['GBK', gbk],
    ['UTF-16 with tabs (Excel "Unicode text")', utf16],
    ['gzip', gzipSync(text)],
    ['tabs', Buffer.from(text.replaceAll(',', '\t'))],
    ['semicolons and quotes', Buffer.from('customer;at;kind;note\n"c1";"2026-01-05";"order";"上海，你好"\n')],
  ])('%s', async (_name, bytes) => {
    const ctx = await sqliteCtx()
    number++
    const file = files.write(`form-${number}.csv`, bytes)
    expect(await importFile(ctx, { file, as: 'events', source: 'form' })).toMatchObject({
      added: 1,
      rejected: 0,
    })
    expect(await rows(ctx, 'form')).toMatchObject([{ customer: 'c1', note: '上海，你好' }])
    await ctx.close()
  })
})
