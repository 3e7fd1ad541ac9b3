import { describe, expect, it } from 'vitest'
import { customerFinder } from '../../src/retention/understand/customer.ts'
import { fc } from '../support/fast-check.ts'

const customer = (key: string, name: string, shortName: string | null, contacts: string[] = []) => ({
  key,
  name,
  shortName,
  contacts,
})
const CUSTOMERS = [
  customer('K-1001', '张三制造有限公司', '张三制造', ['张伟', '李娜']),
  customer('K-1002', '李记食品（上海）有限公司', null, ['李强']),
  customer('K-1003', '李记食品（苏州）有限公司', null, ['王芳']),
  customer('K-1004', '苏州恒通机械有限公司', '恒通', ['赵敏']),
  customer('K-1005', '恒通机械设备厂', null, ['周杰']),
  customer('K-1006', 'ACME Tools', null, []),
  customer('K-1007', '苏州泰邦新材料有限公司', null, ['周敏']),
  customer('K-1008', '天天电话商行', null, []),
  customer('K-1009', '合作贸易行', '合作', []),
]
const find = customerFinder(CUSTOMERS)
const keys = (text: string): string[] => find(text).customers.map(({ key }) => key)

describe('the customer a note is about', () => {
  it.each([
    ['张三制造有限公司下单了', ['K-1001'], true],
    ['今天去了张三制造，聊得不错', ['K-1001'], true],
    ['k-1001 续约了', ['K-1001'], true],
    ['acme tools said yes', ['K-1006'], true],
    ['联系了张伟，没意向', ['K-1001'], false],
    ['联系了张总，对价格不满', ['K-1001'], false],
    ['老赵说考虑一下', ['K-1004'], false],
    ['zszz 下单了', ['K-1001'], false],
    ['zhangsanzhizao 没接', ['K-1001'], false],
    ['李记食品要补货', ['K-1002', 'K-1003'], false],
    ['李总没接电话', ['K-1001', 'K-1002'], false],
    ['苏州泰邦没接电话', ['K-1007'], false],
    ['泰邦那边说太贵', ['K-1007'], false],
    ['泰邦新材没接', ['K-1007'], false],
    ['联系了李记，没接', ['K-1002', 'K-1003'], false],
    ['客户没接电话', [], false],
    ['acmetools', [], false],
    ['太帮新才料没接电话', ['K-1007'], false],
    ['章三制造说不要了', ['K-1001'], false],
    ['横通没接', [], false],
    ['天天没接电话', [], false],
    ['合作没接电话', ['K-1009'], false],
    ['合作贸易行没接电话', ['K-1009'], true],
    ['', [], false],
  ])('%s → %j', (text, expected, certain) => {
    const found = find(text)
    expect(found.customers.map(({ key }) => key)).toEqual(expected)
    if (expected.length > 0) expect(found.certain).toBe(certain)
  })

  it('the longer name wins over the one inside it', () => {
    expect(keys('恒通机械设备厂催货')).toEqual(['K-1005'])
  })

  it('takes any list and any text', () => {
    const named = fc.record({
      key: fc.string(),
      name: fc.string(),
      shortName: fc.option(fc.string()),
      contacts: fc.array(fc.string(), { maxLength: 3 }),
    })
    fc.assert(
      fc.property(fc.array(named, { maxLength: 8 }), fc.string({ maxLength: 200 }), (list, text) => {
        const found = customerFinder(list)(text)
        for (const one of found.customers) expect(list).toContain(one)
      }),
      { numRuns: 100 },
    )
  })

  it('is certain only of names that are written out', () => {
    const spoken = CUSTOMERS.flatMap(({ name, shortName, contacts }) => [name, shortName ?? '', ...contacts])
    const sound = [
      '恒通',
      '横通',
      '理记食品',
      '太邦新材料',
      'hengtong',
      'zszz',
      '天天',
      '合作',
      '李总',
      '老周',
      'acme',
      'tools',
    ]
    const piece = fc.oneof(
      fc.constantFrom(...sound, '没接', '下单了', '，', ' ', '的', '说太贵', '电话'),
      fc
        .tuple(fc.constantFrom(...spoken), fc.nat({ max: 6 }), fc.nat({ max: 12 }))
        .map(([name, from, length]) => name.slice(from, from + length)),
    )
    let sure = 0
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 5 }), (pieces) => {
        const text = pieces.join('')
        const { customers, certain } = find(text)
        if (!certain) return
        sure++
        for (const { key, name, shortName } of customers)
          expect([key, name, shortName].some((one) => one && plainOf(text).includes(plainOf(one)))).toBe(true)
      }),
      { numRuns: 2_000 },
    )
    expect(sure).toBeGreaterThan(50)
  })
})

const plainOf = (text: string): string => text.normalize('NFKC').toLowerCase()
