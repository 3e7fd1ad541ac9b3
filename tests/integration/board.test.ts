import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Board, startBoard } from '../support/board.ts'
import { speaker } from '../support/talk.ts'
import type { Visitor } from '../support/visitor.ts'

const NAMES = ['张三制造', '赵家机电', '南海物流', '新来机电']
const named = (text: string): string[] => NAMES.filter((name) => text.includes(name))

describe('the board', () => {
  let board: Board
  let rep: Visitor
  let lead: Visitor
  let admin: Visitor

  beforeAll(async () => {
    board = await startBoard()
    rep = await board.as('wang')
    lead = await board.as('lead')
    admin = await board.as('admin')
  })
  afterAll(() => board.stop())

  const page = (id: number): string => `/board/customers/${id}`

  it('shows a rep the own customers, a lead the team, an administrator the company', async () => {
    const [one, two, three] = await Promise.all([rep, lead, admin].map((who) => who.get('/board')))
    expect(named(one?.text ?? '')).toEqual(['张三制造'])
    expect(named(two?.text ?? '')).toEqual(['张三制造', '赵家机电'])
    expect(named(three?.text ?? '')).toEqual(['张三制造', '赵家机电', '南海物流'])
    expect(one?.text).toContain('我的风险客户')
    expect(two?.text).toContain('华东风险客户')
    expect(three?.text).toContain('全公司风险客户')
    expect(one?.text).toContain('数据截至 11/22（周日）')
  })

  it('says why in one line, and that some have too little data', async () => {
    const { text } = await rep.get('/board')
    expect(text).toContain('投诉未关')
    expect(text).toContain('流失风险 82.0 %')
    expect(text).toContain('另有 1 家数据不足')
    expect(text).not.toContain('新来机电')
    const unscored = await rep.get(`/board?words=${encodeURIComponent('数据不足')}`)
    expect(named(unscored.text)).toEqual(['新来机电'])
    expect(unscored.text).toContain('历史太少，暂不打分')
  })

  it('shows leads the churn figures with n/N, definition and as-of, the movement and each rep’s cases', async () => {
    const { text } = await lead.get('/board')
    expect(text).toMatch(/流失 \/ 期初.*\d+ \/ \d+/)
    expect(text).toContain('口径 v1')
    expect(text).toContain('本期未完，截至 11/23（周一）')
    expect(text).toContain('风险客户变动')
    expect(text).toMatch(/王芳<\/th><td class="n">1<\/td><td class="n">1<\/td><td class="n late">1</)
    expect(text).toMatch(/李强<\/th><td class="n">1<\/td><td class="n">1<\/td><td class="n">0</)
    expect((await rep.get('/board')).text).not.toContain('口径 v1')
  })

  it('counts what 「流失」 and 「名单」 say in chat', async () => {
    const chat = await speaker(board.ctx, 'lead').says('流失 本月')
    const { text } = await lead.get('/board')
    const fields = chat.cards[0]?.fields ?? []
    expect(fields.length).toBeGreaterThan(2)
    for (const { label, value } of fields) expect(text).toContain(`<dt>${label}</dt><dd>${value}</dd>`)
    const list = await speaker(board.ctx, 'lead').says('名单')
    expect(named(list.text)).toEqual(named(text))
    expect(text).toContain(`共 ${list.cards[0]?.figure?.value} 家`)
  })

  it('filters by the words of chat, and says which word it does not know', async () => {
    const high = await lead.get(`/board?words=${encodeURIComponent('高')}`)
    expect(named(high.text)).toEqual(['赵家机电'])
    const unknown = await lead.get(`/board?words=${encodeURIComponent('<i>火星')}`)
    expect(unknown.status).toBe(200)
    expect(unknown.text).toContain('没看懂')
    expect(unknown.text).not.toContain('<i>')
    expect(named(unknown.text)).toEqual(['张三制造', '赵家机电'])
  })

  it('downloads the rows of the page, in their order, for a spreadsheet', async () => {
    const { text, headers } = await lead.get('/board/customers.csv')
    expect(headers.get('content-disposition')).toContain('attachment')
    const [head = '', ...lines] = text.split('\r\n').filter((line) => line !== '')
    expect(head.startsWith('\uFEFF客户编号,客户,风险等级')).toBe(true)
    expect(lines.map((line) => line.split(',').slice(1, 3))).toEqual([
      ['张三制造', '紧急'],
      ['赵家机电', '高'],
    ])
    const filtered = await lead.get(`/board/customers.csv?words=${encodeURIComponent('紧急')}`)
    expect(named(filtered.text)).toEqual(['张三制造'])
    expect((await lead.get('/board/customers.csv?words=xyz')).status).toBe(400)
    const audit = await board.ctx.db.selectFrom('audit').select(['action', 'member_id']).execute()
    expect(audit).toContainEqual({ action: 'board-download', member_id: board.company.members.lead })
  })

  it('shows one customer whole: standing, dated reasons, orders, contacts, case', async () => {
    const { text, status } = await rep.get(page(board.customers.own))
    expect(status).toBe(200)
    for (const words of [
      '张三制造',
      '紧急',
      '82.0 %',
      '投诉未关',
      '10/3 ¥1,234',
      '钱经理',
      '待确认',
      '已超时',
    ])
      expect(text, words).toContain(words)
  })

  it('gives the owner the phone number and everybody else a masked one', async () => {
    expect((await rep.get(page(board.customers.own))).text).toContain('13812345678')
    for (const who of [lead, admin]) {
      const { text } = await who.get(page(board.customers.own))
      expect(text).toContain('138****5678')
      expect(text).not.toContain('13812345678')
    }
  })

  it('answers for a customer out of scope as for one that does not exist', async () => {
    const other = await rep.get(page(board.customers.mate))
    const unknown = await rep.get(page(999_999))
    expect([other.status, unknown.status]).toEqual([404, 404])
    expect(other.text).toBe(unknown.text)
    expect((await lead.get(page(board.customers.south))).status).toBe(404)
    expect((await rep.get('/board/customers/1e9x')).status).toBe(404)
  })

  it('is kept by no cache, framed by nobody, and runs no script', async () => {
    const { headers, text } = await rep.get('/board')
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'self'/)
    expect(text).not.toMatch(/<script|style=|onclick/)
  })

  it('shows a name as text, whatever is in it', async () => {
    const name = '<img src=x onerror=alert(1)>"&'
    const { db } = board.ctx
    await db.updateTable('customers').set({ name }).where('id', '=', board.customers.south).execute()
    for (const path of ['/board', page(board.customers.south)]) {
      const { text } = await admin.get(path)
      expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&amp;')
      expect(text).not.toContain('<img')
    }
    await db
      .updateTable('customers')
      .set({ name: '南海物流' })
      .where('id', '=', board.customers.south)
      .execute()
  })

  it('says plainly that scores are old', async () => {
    const { db } = board.ctx
    await db
      .updateTable('scores')
      .set((eb) => ({ as_of: eb('as_of', '-', 10) }))
      .execute()
    const { text } = await rep.get('/board')
    expect(text).toContain('数据停更')
    expect(text).toContain('最近一次评分截至 11/12（周四）')
    await db
      .updateTable('scores')
      .set((eb) => ({ as_of: eb('as_of', '+', 10) }))
      .execute()
  })
})
