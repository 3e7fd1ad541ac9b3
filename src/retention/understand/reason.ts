import type { Clause } from './clauses.ts'
import { type Hit, hitsOf, isAsked, isDenied, isRivals } from './hits.ts'
import type { Lexicon, Reason } from './lexicon.ts'

/** A cause where it is named. */
export interface Cause {
  readonly reason: Reason
  readonly at: number
  readonly end: number
  readonly words: string
  readonly turns: boolean
  readonly weight: number
}

const MAIN =
  /(?:主要|关键|因为|由于|核心|根本|重点|说到底|还是|就是|原因是?|卡在|败在|输在|嫌|问题出在|问题在|是因为|because)[^,。;!?]{0,8}$/
const DENIED_CAUSE = /(?:不是因为|并非因为|不是|跟|和|与)[^,。;!?]{0,3}$/
const UNRELATED =
  /^[^,。;!?]{0,3}(?:无关|没关系|没有关系|没问题|没意见|都好|还好|可以|ok|没什么问题|合适|满意|赞|很?认可|放心|(?<![修弄搞调理办换])好(?!几)|不错|稳定|过关|有保障|不是问题|没说)/
/** What an earlier problem was called: named, but over. */
const SOLVED_NOUN = /^(?:已|已经)?没(?:有)?(?:再|出现|了)/
/** A cause in itself weighs more than the rival it drove the customer to. */
const WEIGHTS: Partial<Record<Reason, number>> = {
  'closed-down': 4,
  competitor: 1.5,
  other: 1,
  'channel-switch': 2.2,
}

/** Every cause a text names and does not deny, in the order of the reasons. */
export function causesOf(text: string, clauses: readonly Clause[], lexicon: Lexicon): Cause[] {
  return [...lexicon.reasons].flatMap(([reason, pattern]) =>
    hitsOf(pattern, text, clauses)
      .filter((hit) => isCause(hit, reason))
      .map((hit) => {
        const { at, end, words, clause } = hit
        return { reason, at, end, words, turns: clause.turns, weight: weightOf(hit, reason) }
      }),
  )
}

/** The one called the main cause, else the most telling, else the first; null without any. */
export function reasonOf(causes: readonly Cause[]): Reason | null {
  return causes.reduce<Cause | null>((a, b) => (a && better(a, b) ? a : b), null)?.reason ?? null
}

const FAULTS: ReadonlySet<Reason> = new Set(['price', 'service', 'quality', 'delivery'])
/** Bargaining and budgets are no complaint yet. */
const BARGAINING =
  /便宜|优惠|(?<!下)降|折|(?<!超)预算|铺货|赊|不批|没批|保证|天(?:到货|送到|交货|发货|内到)|账期|让利|议价|还价|讲价|砍价|discount|budget|pric|delivery|shipping|shipment|support|quality$|^[交货]期$|垫|月结|涨价$|下调|月结|付款方式|提价$|再降|重新谈价|押款|再低|再少/

/** It lies with us. */
export function isFault(reason: Reason): boolean {
  return FAULTS.has(reason) && reason !== 'price'
}

/** A cause that lies with us and is held against us is dissatisfaction. */
export function isComplaint({ reason, words }: Cause): boolean {
  return (
    FAULTS.has(reason) &&
    !BARGAINING.test(words) &&
    !/^(?:竞|对手|同行|别|其他|隔壁|友商|那家|他)/.test(words)
  )
}

function better(a: Cause, b: Cause): boolean {
  return a.weight > b.weight || (a.weight === b.weight && a.at <= b.at)
}

/** 评价很高 and 代价 speak of no price. */
const NO_PRICE = /[评代估物身]$/
/** 那家汉堡店 is the customer, 隔壁科室 a neighbour of theirs. */
const NO_RIVAL =
  /^(?:(?:隔壁|别家|同行|人家)[^,。;!?]{0,3}[用买选]了?[^,。;!?]{0,2}我们|(?:选择|选定|选用|采用)了?[^,。;!?]{0,5}(?:方案|套餐|版|年期|款|型|付款)|那家[^,。;!?]{1,4}(?:店|厂|公司|酒店|超市|学校|机构|诊所)|同行的?(?:案例|给)|转到(?:公户|对公|账|我们|我司)|隔壁(?:科室|部门|班|办公室|车间))/
/** 换成B款: another article of ours. */
const OTHER_MODEL = /^(?:换|改)(?:成|到|为|了)[^,。;!?]{0,4}(?:款|型|色|号|规格|尺寸|套餐|版)/
/** 客户态度冷淡 is the customer's mood, not our service. */
const THEIR_MANNER = /(?:客户|对方|老板|采购|总|他|她|负责人|领导|姐|哥|经理|主任)(?:的|今天|现在|这次)?$/

/** The words of a cause that speak of something else. */
function isOtherMatter({ before, words, after }: Hit, reason: Reason): boolean {
  switch (reason) {
    case 'price':
      return (
        (NO_PRICE.test(before) && words.startsWith('价')) ||
        /(?<![没不未])(?:同意|接受|认可)了?$/.test(before) ||
        /起[订送批]/.test(words)
      )
    case 'quality':
      return words.startsWith('信号') && /高铁|地铁|车上|电梯|外面|地下|山里/.test(before)
    case 'no-need':
      return /(?:新|其他|其它|别|额外)的?需求/.test(words)
    case 'competitor':
      return (
        NO_RIVAL.test(words + after) ||
        (/介绍|推荐/.test(before + after.slice(0, 3)) && !/别家|对手/.test(words))
      )
    default:
      return false
  }
}

function isCause(hit: Hit, reason: Reason): boolean {
  if (isOtherMatter(hit, reason)) return false
  if (OTHER_MODEL.test(hit.words + hit.after)) return false
  if (hit.words.startsWith('态度') && THEIR_MANNER.test(hit.before)) return false
  if (isDenied(hit) || (isAsked(hit) && !isBargain(hit, reason)) || UNRELATED.test(hit.after)) return false
  if (
    DENIED_CAUSE.test(hit.before) &&
    /^(?:的)?(?:原因|问题|因素|无关|没关系)?/.test(hit.after) &&
    /不是|并非/.test(hit.before)
  )
    return false
  if (SOLVED_NOUN.test(hit.after)) return false
  return reason === 'competitor' || reason === 'price' || !isRivals(hit)
}

/** 能不能便宜: asked, and yet about the price. */
function isBargain({ before, words }: Hit, reason: Reason): boolean {
  return reason === 'price' && BARGAINING.test(words) && /能不能|能否|可不可以/.test(before + words)
}

function weightOf(hit: Hit, reason: Reason): number {
  // A new face (新来的采购压价) weighs less than what the face complains about.
  const base = reason === 'contact-change' && hit.words.startsWith('新') ? 1.8 : (WEIGHTS[reason] ?? 2)
  return MAIN.test(hit.before) ? base + 2 : base
}
