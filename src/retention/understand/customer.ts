import { pinyin } from 'pinyin-pro'
import { soundFinder } from './by-sound.ts'
import { beginsEveryday, isEveryday } from './everyday.ts'

/** A customer as a note may name it. */
export interface Named {
  readonly name: string
  readonly shortName: string | null
  readonly key: string
  readonly contacts: readonly string[]
}

/** The customers a note may be about. */
export interface Mention<C> {
  readonly customers: readonly C[]
  /** A name, short name or key was written out; a contact, a surname or pinyin is less than that. */
  readonly certain: boolean
}

/** Finds the customers a text mentions; made once for a list of customers. */
export type FindCustomers<C> = (text: string) => Mention<C>

/** How surely a word points to a customer, best first. */
const LEVELS = ['name', 'core', 'contact', 'title', 'letters'] as const
type Level = (typeof LEVELS)[number]
type Index<C> = Map<string, Set<C>>

const MIN_CHARS = 2
const MAX_CHARS = 40
/** People call 苏州泰邦新材料 泰邦: so many characters may stand for a name, counted after its place. */
const PART_CHARS = [2, 3, 4]
/** Pinyin of longer lists takes too long for an answer in a chat. */
const MAX_FOR_LETTERS = 5_000
const LEGAL_FORM =
  /(?:股份)?(?:有限(?:责任)?公司|集团(?:公司)?|总公司|分公司|公司|厂|合作社|个体工商户|经营部|商行)$/
const PLACE =
  /^(?:[一-鿿]{2}(?:省|市|区|县)|北京|上海|广州|深圳|天津|重庆|杭州|苏州|南京|武汉|成都|东莞|佛山|宁波|青岛|厦门|西安|长沙|郑州|济南|合肥|无锡)/
const BRACKETS = /[(（][^()（）]*[)）]/g
const TITLES =
  '总经理|老板娘|董事长|总监|经理|主任|老板|厂长|店长|主管|部长|科长|处长|院长|校长|老师|医生|师傅|女士|先生|小姐|总|董|工|姐|哥|局|处|会计'
const TITLED = new RegExp(`([一-鿿])(?:${TITLES})`, 'gu')
const OLD = /[老小]([一-鿿])(?![板师家户客])/gu
const LATIN = /(?<![a-z0-9])[a-z]{3,24}(?![a-z0-9])/g

/**
 * Indexes customers by what people call them. In a text the surest kind of name decides; when it fits several
 * customers all are given back for a person to choose from, never one by guess.
 */
export function customerFinder<C extends Named>(customers: readonly C[]): FindCustomers<C> {
  const indexes = new Map<Level, Index<C>>(LEVELS.map((level) => [level, new Map()]))
  for (const customer of customers) addNames(indexes, customer)
  let parts: Index<C> | undefined
  let letters: Index<C> | undefined
  let bySound: ReturnType<typeof soundFinder<C>> | undefined
  return (text) => {
    const plain = plainName(text)
    for (const level of ['name', 'core', 'contact'] as const) {
      const found = longest(plain, indexes.get(level))
      if (found.size > 0) return { customers: [...found], certain: level === 'name' }
    }
    parts ??= partsOf(customers)
    const part = longest(plain, parts)
    if (part.size > 0) return { customers: [...part], certain: false }
    const titled = [...plain.matchAll(TITLED), ...plain.matchAll(OLD)].map((match) => match[1] ?? '')
    const called = lookUp(titled, indexes.get('title'))
    if (called.size > 0) return { customers: [...called], certain: false }
    if (customers.length > MAX_FOR_LETTERS) return { customers: [], certain: false }
    bySound ??= soundFinder(customers, soundingNames)
    const sounding = bySound(plain)
    if (sounding.size > 0) return { customers: [...sounding], certain: false }
    const words = plain.match(LATIN) ?? []
    if (words.length > 0) letters ??= lettersOf(customers)
    return { customers: [...lookUp(words, letters)], certain: false }
  }
}

function addNames<C extends Named>(indexes: ReadonlyMap<Level, Index<C>>, customer: C): void {
  for (const name of [customer.name, customer.shortName, customer.key])
    add(indexes.get(isEveryday(plainName(name ?? '')) ? 'contact' : 'name'), name, customer)
  const core = coreOf(customer.name)
  for (const part of [core, withoutPlace(core)]) add(indexes.get('core'), part, customer)
  for (const contact of customer.contacts) {
    add(indexes.get('contact'), contact, customer)
    indexes
      .get('title')
      ?.set(contact.charAt(0), joined(indexes.get('title')?.get(contact.charAt(0)), customer))
  }
}

function add<C>(index: Index<C> | undefined, name: string | null, customer: C): void {
  const plain = plainName(name ?? '')
  // A bare number or a short Latin key turns up in any text.
  if (plain.length < MIN_CHARS || /^[a-z0-9-]{1,3}$|^\d+$/.test(plain)) return
  index?.set(plain, joined(index.get(plain), customer))
}

function joined<C>(set: Set<C> | undefined, customer: C): Set<C> {
  return (set ?? new Set<C>()).add(customer)
}

/** The longest indexed names that stand in the text; a name inside a longer one is not meant. */
function longest<C>(text: string, index: Index<C> | undefined): Set<C> {
  const found = new Set<C>()
  if (!index || index.size === 0) return found
  for (let at = 0; at < text.length; ) {
    const length = lengthAt(text, at, index)
    for (const customer of index.get(text.slice(at, at + length)) ?? []) found.add(customer)
    at += Math.max(1, length)
  }
  return found
}

function lengthAt<C>(text: string, at: number, index: Index<C>): number {
  for (let length = Math.min(MAX_CHARS, text.length - at); length >= MIN_CHARS; length--) {
    const part = text.slice(at, at + length)
    if (index.has(part) && !cutsWord(text, at, length)) return length
  }
  return 0
}

/** A Latin name must not begin or end inside a longer word or number. */
function cutsWord(text: string, at: number, length: number): boolean {
  const joins = (a: string, b: string): boolean => /[a-z0-9]/.test(a) && /[a-z0-9]/.test(b)
  return (
    joins(text.charAt(at - 1), text.charAt(at)) ||
    joins(text.charAt(at + length - 1), text.charAt(at + length))
  )
}

function lookUp<C>(words: readonly string[], index: Index<C> | undefined): Set<C> {
  return new Set(words.flatMap((word) => [...(index?.get(word) ?? [])]))
}

/** The short name, the name without its legal form and place, and the four signs that begins with. */
function soundingNames({ name, shortName }: Named): string[] {
  const core = coreOf(name)
  const brand = core.replace(PLACE, '')
  return [shortName ?? '', core, brand, brand.slice(0, 4)].map(plainName)
}

/** 张三制造 → zhangsanzhizao and zszz, for the name without its legal form and the short name. */
function lettersOf<C extends Named>(customers: readonly C[]): Index<C> {
  const index: Index<C> = new Map()
  for (const customer of customers) {
    for (const name of new Set([coreOf(customer.name), customer.shortName ?? ''])) {
      if (!/^[一-鿿]{2,}/.test(name)) continue
      const syllables = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'removed' })
      for (const word of [syllables.join(''), syllables.map((one) => one.charAt(0)).join('')]) {
        if (word.length >= 3) index.set(word, joined(index.get(word), customer))
      }
    }
  }
  return index
}

/** 泰邦 for 苏州泰邦新材料有限公司: the brand that a name begins with after its place. */
function partsOf<C extends Named>(customers: readonly C[]): Index<C> {
  const index: Index<C> = new Map()
  for (const customer of customers) {
    const brand = withoutPlace(plainName(coreOf(customer.name)))
    if (!/^[一-鿿]{2}/.test(brand) || beginsEveryday(brand)) continue
    for (const length of PART_CHARS) add(index, brand.slice(0, length), customer)
  }
  return index
}

/** 苏州泰邦新材料 for 苏州泰邦新材料有限公司（新）. */
export function coreOf(name: string): string {
  return name.replace(BRACKETS, '').trim().replace(LEGAL_FORM, '').replace(LEGAL_FORM, '')
}

/** 泰邦新材料 for 苏州泰邦新材料. */
export function withoutPlace(core: string): string {
  return core.replace(PLACE, '')
}

function plainName(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
}
