import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fc } from '../support/fast-check.ts'
import { type Company, customer, seedCompany, speaker } from '../support/talk.ts'
import { sqliteCtx, type TestCtx } from '../support/test-ctx.ts'

/** Near-identical names, some of them out of scope. */
const OWN = ['华联超市', '华联超市（浦东）', '华联商厦', '华盛包装', 'ABC', 'ABC Trading', '三一']
const OTHERS = ['华联百货', '华盛包材', 'ABC Trade', '三一重工']
const RESULTS = ['有意向', '已下单 明天', '没接电话', '拒绝，换了供应商', '']

describe('a follow-up is never written for a customer that was not named in full', () => {
  let ctx: TestCtx & { close(): Promise<void> }
  let company: Company

  beforeAll(async () => {
    ctx = await sqliteCtx()
    company = await seedCompany(ctx)
    for (const name of OWN) await customer(ctx, { name, owner: company.members.wang })
    for (const name of OTHERS) await customer(ctx, { name, owner: company.members.zhao })
  })
  afterAll(() => ctx.close())

  async function written(): Promise<string[]> {
    const rows = await ctx.db
      .selectFrom('follow_ups')
      .innerJoin('customers', 'customers.id', 'follow_ups.customer_id')
      .select('customers.name')
      .execute()
    await ctx.db.deleteFrom('customer_plays').execute()
    await ctx.db.deleteFrom('follow_ups').execute()
    return rows.map((row) => row.name)
  }

  it('whatever is done to the name', async () => {
    const wang = speaker(ctx, 'wang')
    let writes = 0
    const base = fc.constantFrom(...OWN, ...OTHERS)
    const sign = fc.constantFrom('', '华', '厦', '联', '司', 'x', ' ')
    const place = fc.nat({ max: 12 })
    const mutate = fc.tuple(base, place, fc.nat({ max: 2 }), sign).map(([name, at, cut, put]) => {
      const from = at % (name.length + 1)
      return name.slice(0, from) + put + name.slice(from + cut)
    })
    const gap = fc.constantFrom(' ', '，', '　', '')
    await fc.assert(
      fc.asyncProperty(mutate, gap, fc.constantFrom(...RESULTS), async (name, between, result) => {
        await wang.says(`跟进 ${name}${between}${result}`)
        for (const one of await written()) {
          writes++
          expect(OWN).toContain(one)
          const typed = `${name}${between}${result}`.replace(/\s+/g, ' ').trim().toLowerCase()
          expect(typed.replaceAll('(', '（').startsWith(one.toLowerCase())).toBe(true)
          expect(typed.slice(one.length, one.length + 1)).toMatch(/^[\s，　]?$/)
        }
      }),
      { numRuns: 300 },
    )
    expect(writes).toBeGreaterThan(5)
  })

  it('in a free line the name stands alone, or nothing is written before somebody confirms', async () => {
    const wang = speaker(ctx, 'wang')
    let writes = 0
    const names = fc.tuple(
      fc.constantFrom(...OWN, ...OTHERS, '三一集团', '新华联超市', '华联', 'ABC2'),
      fc.nat({ max: 12 }),
      fc.constantFrom('', '', '', '重工', '新', '店', '的', 'x', ' '),
    )
    const before = fc.constantFrom('', '联系了', '拜访', '今天给', '听说', '客户去了', '张总从', '和', '永和')
    const after = fc.constantFrom('，', ' ', '', '张总', '的王经理', '那边', '没接电话', '集团')
    await fc.assert(
      fc.asyncProperty(names, before, after, async ([base, place, put], lead, tail) => {
        const at = place % (base.length + 1)
        const name = base.slice(0, at) + put + base.slice(at)
        await ctx.db.deleteFrom('dialogs').execute()
        await wang.says(`${lead}${name}${tail}对价格不满，下周三再约`)
        for (const one of await written()) {
          writes++
          expect(`${name.trim()} by ${lead}|${tail}`.toLowerCase()).toMatch(
            new RegExp(`^${one.toLowerCase().replace(/[()（）]/g, '.')}(的| | by)`),
          )
          expect(['听说', '客户去了', '张总从', '永和']).not.toContain(lead)
        }
      }),
      { numRuns: 400 },
    )
    expect(writes).toBeGreaterThan(5)
  })

  it('random talk writes nothing at all', async () => {
    const wang = speaker(ctx, 'wang')
    // 跟进 ABC without a result asks for one; its answer may be any words, and is no random talk.
    await ctx.db.deleteFrom('dialogs').execute()
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 40 }), async (words) => {
        const said = await wang.says(words)
        expect(said.cards.length).toBe(1)
        expect(await written()).toEqual([])
      }),
      { numRuns: 150 },
    )
  })
})
