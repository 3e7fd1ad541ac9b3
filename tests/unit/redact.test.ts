import { pinyin } from 'pinyin-pro'
import { describe, expect, it } from 'vitest'
import { startRedaction } from '../../src/retention/assist/redact.ts'
import type { Named } from '../../src/retention/understand/customer.ts'
import { fc } from '../support/fast-check.ts'

const TAIBANG: Named = {
  name: '苏州泰邦新材料有限公司',
  shortName: '泰邦',
  key: 'K-1024',
  contacts: ['王小芳', '欧阳修文'],
}
const OTHERS: readonly Named[] = [
  { name: '华联超市有限公司', shortName: '华联', key: 'C0009', contacts: ['张伟'] },
  { name: 'Acme 精密机械（昆山）有限公司', shortName: 'ACME', key: 'acme', contacts: ['李雷', 'Mary Jones'] },
]
const MEMBERS = ['赵敏', '司马光']

function redact(words: string, own: Named | null = TAIBANG): string | null {
  const redaction = startRedaction(words, own)
  for (const name of MEMBERS) redaction.member(name)
  for (const one of OTHERS) redaction.customer(one)
  return redaction.done()
}

describe('what leaves of a note', () => {
  it.each([
    ['联系了泰邦的王小芳，嫌价格太贵', '联系了客户的联系人,嫌价格太贵'],
    ['小芳说泰邦新材料下月再定，报价3.5万元', '联系人说客户下月再定,报价金额'],
    ['taibang说还要等等，wxf没接电话', '某说还要等等,某没接电话'],
    ['打了13812345678，张总说华联那边更便宜', '打了数,某总说客户那边更便宜'],
    ['电话一三八零零一三八零零零，没人接', '电话号码,没人接'],
    ['邮件发到 wang.xf@taibang.com.cn，对方经理说再看', '邮件发到 邮箱,对方经理说再看'],
    ['去了中山路88号，老王不在，赵敏陪同', '地址,老某不在,同事陪同'],
    ['太帮新材的汪晓方不满意', '客户的联系人不满意'],
    ['泰 邦 的王\u200b小芳不满意', '客户的联系人不满意'],
    ['ＡＣＭＥ也在谈，Mary Jones 报了¥12,000', '客户也在谈,联系人 报了金额'],
    ['跟山东恒瑞重工股份有限公司比价，他们 OK', '客户比价,他们 OK'],
    ['王工说三天内回复，工程师在看', '某工说三天内回复,工程师在看'],
    ['她说一万二能谈，十五万不行', '她说金额二能谈,金额不行'],
    ['called, price too high, will renew next month', 'called, price too high, will renew next month'],
    ['Иван и 田中さん说不要了', '某 某 田中某说不要了'],
    ['met Wang Fang at Suzhou plant', 'met 某 某 at 某 某'],
  ])('%s → %s', (words, expected) => {
    expect(redact(words)).toBe(expected)
  })

  it.each(['', '王小芳', '13812345678', '泰邦 王小芳', '??!!'])(
    'nothing to ask about is left of %j',
    (words) => {
      expect(redact(words)).toBeNull()
    },
  )

  it('a name that is put together by taking another one out stays at home', () => {
    const odd: Named = { name: '泰邦', shortName: null, key: 'x', contacts: ['户乙'] }
    expect(redact('泰邦乙说不满意，户乙也说不满意', odd)).toBeNull()
  })

  it('a customer with the name of an everyday word costs the word, nothing else', () => {
    expect(redact('说价格不满意', { name: '价格', shortName: null, key: '', contacts: [] })).toBe(
      '说客户不满意',
    )
  })
})

const HAN = [...'泰邦华联恒通明远天成瑞丰金鼎兴业和顺宏图伟利德安康建新创世纪']
const family = fc.constantFrom(...'王李张刘陈杨黄赵周吴')
const han = (min: number, max: number) =>
  fc.array(fc.constantFrom(...HAN), { minLength: min, maxLength: max }).map((signs) => signs.join(''))
const person = fc.tuple(family, han(1, 2)).map((parts) => parts.join(''))
const company: fc.Arbitrary<Named> = fc.record({
  name: fc
    .tuple(
      fc.constantFrom('', '苏州', '上海', '江苏省'),
      han(3, 6),
      fc.constantFrom('有限公司', '厂', '集团', '', '商行'),
    )
    .map((parts) => parts.join('')),
  shortName: fc.option(han(2, 3)),
  key: fc.stringMatching(/^[A-Z]{2,4}[0-9]{4,8}$/),
  contacts: fc.array(person, { maxLength: 3 }),
})
const digits = (pattern: RegExp) => fc.stringMatching(pattern)
const phone = fc.oneof(
  digits(/^1[3-9]\d{9}$/),
  digits(/^0\d{2,3}-[1-9]\d{6,7}$/),
  digits(/^1[3-9]\d [1-9]\d{3} \d{4}$/),
)
const mail = fc.stringMatching(/^[a-z]{3,8}[0-9]{0,3}@[a-z]{3,8}\.(com|cn)$/)
const glue = fc.constantFrom(
  '联系了',
  '，对价格不满意，',
  '说再考虑 ',
  '的',
  '跟',
  '！',
  '\n',
  ' ',
  '没接电话',
  '已下单',
)
const disguise: fc.Arbitrary<(text: string) => string> = fc.constantFrom(
  (text: string) => text,
  (text: string) => [...text].join('\u200b'),
  (text: string) => [...text].join(' '),
  (text: string) => text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
  (text: string) => text.toUpperCase(),
)

it('no name, number or address of any customer, contact or colleague leaves', () => {
  let left = 0
  fc.assert(
    fc.property(
      fc.array(company, { minLength: 1, maxLength: 5 }),
      fc.array(person, { maxLength: 3 }),
      fc.array(fc.tuple(phone, mail), { maxLength: 2 }),
      fc.infiniteStream(fc.tuple(fc.nat(), glue, disguise)),
      fc.integer({ min: 1, max: 8 }),
      (companies, members, reach, picks, length) => {
        const [own] = companies
        const names = companies.flatMap(({ name, shortName, key, contacts }) => [
          name,
          shortName ?? key,
          key,
          ...contacts,
        ])
        const letters = own ? [own.name, ...own.contacts].map(inLetters) : []
        const secrets = [...names, ...members, ...reach.flat(), ...letters]
        const words = [...picks.take(length)]
          .map(([at, words, hide]) => hide(secrets[at % secrets.length] ?? '') + words)
          .join('')
        const redaction = startRedaction(words, own ?? null)
        for (const one of companies) redaction.customer(one)
        for (const one of members) redaction.member(one)
        const text = redaction.done()
        if (text === null) return
        left++
        const bare = text.replace(/\s/g, '').toLowerCase()
        for (const secret of secrets) expect(bare).not.toContain(secret.replace(/\s/g, '').toLowerCase())
        expect(text).not.toMatch(/\d|@/)
      },
    ),
    { numRuns: 2_000 },
  )
  expect(left).toBeGreaterThan(1_000)
})

function inLetters(name: string): string {
  return pinyin(name, { toneType: 'none', type: 'array' }).join('')
}
