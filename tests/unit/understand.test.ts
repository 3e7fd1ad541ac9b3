import { describe, expect, it } from 'vitest'
import { calendarFor } from '../../src/calendar.ts'
import { dayFromIso } from '../../src/model/day.ts'
import { readByRules } from '../../src/retention/understand/by-rules.ts'
import { shippedLexicon } from '../../src/retention/understand/lexicon.ts'
import { numberOf } from '../../src/retention/understand/numbers.ts'
import { compilePhrases } from '../../src/retention/understand/phrases.ts'
import { understand } from '../../src/retention/understand.ts'
import { Settings } from '../../src/settings.ts'
import { fc } from '../support/fast-check.ts'

const now = {
  today: dayFromIso('2026-11-22') ?? 0,
  calendar: calendarFor(Settings.parse({})),
}
const read = (text: string) => understand(text, now, 180)
const rulesOf = (text: string) => readByRules(text, now, 180, shippedLexicon())

/** Every combination of the parts, joined. */
function grid(...parts: readonly (readonly string[])[]): string[] {
  return parts.reduce<string[]>((all, part) => all.flatMap((one) => part.map((word) => one + word)), [''])
}

/** Combinations that the rules must read right without fail, and the reader, which weighs wording too, nearly so. */
function expectGrammar(texts: readonly string[], expected: string): void {
  const byRules = texts.filter((text) => rulesOf(text).outcome !== expected)
  expect(byRules).toEqual([])
  const wrong = wrongOutcomes(texts, expected)
  expect(wrong.length, wrong.join(' ')).toBeLessThanOrEqual(texts.length / 10)
}

const wrongOutcomes = (texts: readonly string[], expected: string | null): string[] =>
  texts.filter((text) => read(text).outcome !== expected)
const wrongReasons = (texts: readonly string[], expected: string): string[] =>
  texts.filter((text) => read(text).reason !== expected)

describe('outcomes in combination', () => {
  const who = ['', '客户', '张总', '联系了，对方']
  const acts = ['下单', '续约', '签合同', '付款', '补货', '采购']

  it('done', () => {
    expect(wrongOutcomes(grid(who, ['已经', '终于'], ['下单了', '付款了', '签合同了']), 'ordered')).toEqual(
      [],
    )
    expect(wrongOutcomes(grid(who, ['已经', '刚刚'], ['续约', '续费', '续签'], ['了']), 'renewed')).toEqual(
      [],
    )
  })
  it('promised', () => {
    expectGrammar(grid(who, ['答应', '承诺', '同意', '说会'], acts), 'promised')
    expectGrammar(grid(who, ['下周三', '月底前', '12月5号'], acts), 'promised')
  })
  it('refused', () => {
    expectGrammar(grid(who, ['不想', '不打算', '拒绝', '不会'], acts), 'refused')
  })
  it('left open', () => {
    expectGrammar(grid(who, ['还没', '在考虑', '要商量'], acts), 'neutral')
  })
  it('on condition', () => {
    const conditions = ['如果便宜点就', '要是降价就', '只要交期能保证就']
    const texts = grid(who, conditions, acts)
    expect(texts.filter((text) => rulesOf(text).outcome !== 'interested')).toEqual([])
    // People may call it interest, a promise or a complaint (要是降价); done it is never.
    const done = texts.filter((text) => ['ordered', 'renewed'].includes(read(text).outcome ?? ''))
    expect(done).toEqual([])
  })
  it('resolved by a remedy that was accepted', () => {
    const remedies = ['我们换了一台', '已经补发', '师傅上门修好了', '重新做了一批']
    const accepted = ['客户说可以了', '客户很满意', '对方没再说什么']
    expect(
      wrongOutcomes(grid(['上次漏水，', '客户投诉破损，'], remedies, ['，'], accepted), 'resolved'),
    ).toEqual([])
    const open = ['还没修', '要我们换', '我们明天换']
    expect(
      grid(['上次漏水，'], open, ['，客户不满意']).filter((one) => read(one).outcome === 'resolved'),
    ).toEqual([])
  })
  it('renewed by signing what was to be renewed', () => {
    expect(
      wrongOutcomes(['续签谈了三轮，今天总算签下来了', '合同到期，双方已盖章延长两年'], 'renewed'),
    ).toEqual([])
    expect(wrongOutcomes(['续约还没谈，先签了一个小单'], 'ordered')).toEqual([])
  })
  it('no promise that was broken', () => {
    expect(wrongOutcomes(['说好今天签的，又放我鸽子'], 'no-answer')).toEqual([])
  })
  it('our own doings are no result', () => {
    expect(wrongOutcomes(grid(['催他', '提醒客户', '推荐客户'], acts), null)).toEqual([])
  })
})

describe('causes in combination', () => {
  it.each([
    ['price', grid(['对', '嫌'], ['价格', '报价', '费用'], ['太高', '不满意', '有意见'])],
    ['quality', grid(['产品', '这批货', '设备'], ['质量', ''], ['有问题', '不稳定', '太差'])],
    ['service', grid(['售后', '客服', '服务'], ['太差', '不到位', '没人管'])],
    ['delivery', grid(['发货', '物流', '交期'], ['太慢', '延误了', '老是拖'])],
    ['contact-change', grid(['采购', '负责人', '老板'], ['离职了', '换人了', '调走了'])],
    ['closed-down', grid(['公司', '店', '工厂'], ['倒闭了', '关门了', '停业了'])],
  ])('%s', (reason, texts) => {
    expect(wrongReasons(texts, reason)).toEqual([])
  })

  it.each(['质量没问题', '不是价格的问题', '没有投诉', '价格合适', '问了价格', '对质量很满意'])(
    '%s names none',
    (text) => {
      expect(read(text).reason).toBeNull()
    },
  )
})

describe('the rest of a note', () => {
  it.each([
    ['电话聊了，下周上门', 'phone'],
    ['上门拜访，有意向', 'visit'],
    ['微信聊了', 'wechat'],
    ['发了邮件', 'email'],
    ['腾讯会议演示了方案', 'meeting'],
    ['发短信没回', 'other'],
    ['聊了聊', null],
    ['下周三上门', null],
  ])('channel of %s is %s', (text, expected) => {
    expect(read(text).channel).toBe(expected)
  })

  it.each([
    ['今天下单5万', 5_000_000],
    ['签了12.8万的合同', 12_800_000],
    ['客户下单了，3万8', 3_800_000],
    ['续费了6,800元', 680_000],
    ['已付款￥1200', 120_000],
    ['下单了20台', null],
    ['报价5万，客户嫌贵', null],
  ])('amount of %s is %s', (text, expected) => {
    expect(read(text).amount).toBe(expected)
  })

  it.each([
    ['没接电话', false, false],
    ['群发了节日祝福', false, false],
    ['联系了张总，有意向', true, true],
    ['在开会，让我晚点打', true, false],
  ])('%s: reached %s, effective %s', (text, reached, effective) => {
    expect(read(text)).toMatchObject({ reached, effective })
  })

  it.each([
    ['答应续约', 'positive'],
    ['考虑考虑', 'neutral'],
    ['考虑考虑，态度很冷淡', 'negative'],
    ['还没定👍', 'positive'],
    ['对质量不满', 'negative'],
  ])('mood of %s is %s', (text, expected) => {
    expect(read(text).sentiment).toBe(expected)
  })
})

describe('any text', () => {
  it('is read without a throw, and the same each time', () => {
    const pieces = fc.constantFrom(
      '不',
      '没',
      '下单',
      '续约',
      '价格',
      '高',
      '，',
      ' ',
      '1',
      '月',
      '后',
      '了',
      '周',
      '__proto__',
      '😡',
      'po',
    )
    const text = fc.oneof(
      fc.string({ maxLength: 2048, unit: 'binary' }),
      fc.array(pieces, { maxLength: 400 }).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(text, (one) => {
        expect(read(one)).toEqual(read(one))
      }),
      { numRuns: 150 },
    )
  })

  it.each([
    '__proto__',
    'constructor',
    'toString',
    '',
    '\u0000',
    '不'.repeat(2000),
    '下'.repeat(2000),
    '1'.repeat(2000),
  ])('says nothing about %j', (text) => {
    expect(read(text)).toMatchObject({
      outcome: null,
      reason: null,
      nextOn: null,
      effective: false,
    })
  })

  it('reads 2 KB of the worst in a time that grows with the length only', () => {
    // The best of several, so that a pause of the machine does not count.
    const best = (text: string): number =>
      Math.min(
        ...Array.from({ length: 5 }, () => {
          const start = performance.now()
          read(text)
          return performance.now() - start
        }),
      )
    const worst = '价格没不下周三月续约，'
    read(worst)
    const [short, long] = [best(worst.repeat(45)), best(worst.repeat(180))]
    // Four times the text; quadratic work would be 16 times, a catastrophic pattern thousands.
    expect(long / Math.max(short, 1)).toBeLessThan(40)
  })
})

describe('the notation of the lexicon', () => {
  const finds = (phrase: string, text: string): boolean =>
    text.search(compilePhrases([phrase], { price: ['价格', '报价'] })) >= 0
  it.each([
    ['<price>…高', '报价有点高', true],
    ['<price>…高', '价格不高', false],
    ['<price>…高', '价格没那么高', false],
    ['(很|太)?贵', '贵', true],
    ['贵!司', '贵司', false],
    ['^宝^贵', '宝贵', false],
    ['po', 'power', false],
    ['a.b', 'axb', false],
  ])('%s in %s: %s', (phrase, text, expected) => {
    expect(finds(phrase, text)).toBe(expected)
  })
  it('names a list that does not exist', () => {
    expect(() => compilePhrases(['<nothing>'], {})).toThrow('nothing')
  })
})

describe('numbers in words', () => {
  it.each([
    ['十', 10],
    ['二十五', 25],
    ['两百三', 230],
    ['三万八', 38_000],
    ['一百二十万', 1_200_000],
    ['12.5', 12.5],
    ['零', 0],
    ['', null],
    ['好', null],
  ])('%s is %s', (words, expected) => {
    expect(numberOf(words)).toBe(expected)
  })
})
