import type { Random } from './random.ts'

/** Names of companies and people. Every index has an own brand word, so that names do not repeat. */
export interface CompanyName {
  readonly name: string
  readonly shortName: string
  readonly industry: string
}

type Words = readonly string[]

const FIRST = '锐恒华鼎瑞博盛嘉凯泰宏信佳远晟启德腾睿航金立永东新海'
const SECOND = '新达茂丰源通康宇和诚旺鑫隆联升创美科力辉泽邦悦安祥晖'
/** For companies beyond one round of brand words. */
const THIRD = '国中大兴正广万'
/** Coprime to 26 × 26: neighbours in the list get brands that do not look alike. */
const STRIDE = 389

/** Industry words of a name, and the trade they belong to. `winterPause`: little is made from November on. */
export const INDUSTRIES: readonly Industry[] = [
  { trade: '机械制造', words: ['精密机械', '自动化设备', '机电'], winterPause: false },
  { trade: '电子', words: ['电子', '光电科技', '线缆'], winterPause: false },
  { trade: '食品', words: ['食品', '调味品', '烘焙'], winterPause: false },
  { trade: '饮料', words: ['饮品', '乳业', '饮料'], winterPause: true },
  { trade: '医药', words: ['医疗器械', '药业', '生物科技'], winterPause: false },
  { trade: '日化', words: ['日化', '洗护用品'], winterPause: false },
  { trade: '塑胶', words: ['塑胶制品', '新材料'], winterPause: false },
  { trade: '家具', words: ['家具', '家居用品'], winterPause: false },
  { trade: '汽配', words: ['汽车零部件', '汽配'], winterPause: false },
  { trade: '电商', words: ['电子商务', '供应链管理'], winterPause: false },
  { trade: '纺织', words: ['纺织', '服饰'], winterPause: false },
  { trade: '五金', words: ['五金制品', '紧固件'], winterPause: false },
]

export interface Industry {
  readonly trade: string
  readonly words: Words
  readonly winterPause: boolean
}

/** Pairs that differ by one sound or one word: chat must ask which one is meant. By index of the customer. */
const LOOKALIKES: ReadonlyMap<number, CompanyName> = new Map([
  [0, { name: '苏州锐新精密机械有限公司', shortName: '锐新精密', industry: '机械制造' }],
  [10, { name: '苏州锐鑫精密机械有限公司', shortName: '锐鑫精密', industry: '机械制造' }],
  [4, { name: '东莞恒达塑胶制品有限公司', shortName: '恒达塑胶', industry: '塑胶' }],
  [24, { name: '东莞恒达塑料制品有限公司', shortName: '恒达塑料', industry: '塑胶' }],
  [7, { name: '天津宏远食品有限公司', shortName: '宏远食品', industry: '食品' }],
  [8, { name: '天津宏远食品科技有限公司', shortName: '宏远食品', industry: '食品' }],
])

/** The company at `index`, in one of the cities its rep serves. */
export function companyName(index: number, city: string, industry: Industry, random: Random): CompanyName {
  const known = LOOKALIKES.get(index)
  if (known) return known
  const word = random.pick(industry.words)
  const brand = brandAt(index)
  const suffix = random.chance(0.8)
    ? '有限公司'
    : random.pick(['股份有限公司', '集团有限公司', '实业有限公司'])
  return { name: `${city}${brand}${word}${suffix}`, shortName: `${brand}${word}`, industry: industry.trade }
}

function brandAt(index: number): string {
  const size = FIRST.length * SECOND.length
  const at = (index * STRIDE + 17) % size
  const round = Math.floor(index / size)
  const third = round === 0 ? '' : `${THIRD[(round - 1) % THIRD.length]}${round > THIRD.length ? round : ''}`
  return `${FIRST[Math.floor(at / SECOND.length)]}${SECOND[at % SECOND.length]}${third}`
}

const SURNAMES = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕'
const GIVEN: Words = (
  '建国 志明 晓燕 丽华 海涛 静 敏 伟 磊 雪梅 文杰 佳怡 俊峰 美玲 国强 婷婷 永刚 秀英 浩 玉兰 少华 思远 雅琴 ' +
  '振宇 倩 立新 春梅 凯 慧 志勇'
).split(' ')

export function personName(random: Random): string {
  const surname = SURNAMES[random.int(0, SURNAMES.length - 1)] ?? '王'
  return `${surname}${random.pick(GIVEN)}`
}

/** A number in a range that no operator has: nobody can be called by mistake. */
export function fakePhone(index: number, nth: number): string {
  return `100${String(index).padStart(6, '0')}${String(nth).padStart(2, '0')}`
}
