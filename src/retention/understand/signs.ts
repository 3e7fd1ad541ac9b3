import { actOutcome, type ToCome } from './acts.ts'
import type { Clause } from './clauses.ts'
import type { DateMention } from './dates/find-dates.ts'
import { type Hit, hitsOf, isAsked, isConditional, isDenied, isOurQuestion, isRivals } from './hits.ts'
import type { Lexicon, Outcome } from './lexicon.ts'

/** What one phrase says about the outcome. */
export interface Sign {
  readonly outcome: Outcome
  readonly at: number
  readonly end: number
  /** Praise and complaints weigh less than what the customer does. */
  readonly soft: boolean
  /** Read from an act (下单, 续约) with all that is said about it: done, promised, refused, on condition. */
  readonly act: boolean
  readonly turns: boolean
}

const OURS =
  /(?:^|[,。;])(?:我们?|我方|咱们?|公司|领导|我司)(?:已经?|都|也|先|会|又|就|这边|当场|向他|跟他)*$/
const INTENDED =
  /(?:考虑|想|可能|打算|威胁|扬言|说要|要|准备|计划|在看|有意|如果|再这样|万一|怕|担心|会|下次|迟早|不然就|否则|琢磨|动了)[^,。;!?]{0,4}$/
const TO_BE_DONE =
  /(?:愿意|肯|可以|没|未|要|等|会|答应|承诺|希望|需要|催|尽快|怎么|帮他|如何|必须|正在|在|想办法|负责|协调|安排|推动|一直|待|还在|不)[^,。;!?]{0,4}$/
const FOLLOWED_BY_PONDERING = /^(?:了)?(?:会|先|再|去|要)?(?:考虑|看看|研究|商量|讨论|想想|评估|了解)/
/** A deal with somebody else. */
const WITH_RIVAL =
  /(?:跟|和|与|同|给|在|找|用|从|向|去)(?:了)?(?:别家|别人|别的|其他|另外?一家|竞品|竞争对手|对手|同行|隔壁|友商|他们家|那家|新供应商|[^,。;!?我咱]{1,6}家)[^,。;!?]{0,4}$/
const PAST = /(?:之前|以前|原来|原本|本来|上次|当初|一开始|起初|曾经?|早先|去年|刚开始|开始)[^,。;!?]*$/

/** What was promised before did not come. */
const BROKEN = /变卦|鸽子?|爽约|反悔|食言|到点[^,。;!?]{0,3}(?:不|没)|没兑现|说话不算/

/**
 * Everything in the text that speaks of an outcome, in its order.
 * @param toCome the dates of the text that lie ahead
 */
export function signsOf(
  text: string,
  clauses: readonly Clause[],
  lexicon: Lexicon,
  toCome: readonly DateMention[],
): Sign[] {
  const acts = [...lexicon.acts].flatMap(([act, pattern]) =>
    hitsOf(pattern, text, clauses).flatMap((hit) => {
      const outcome = ours(hit, actOutcome(hit, act, text, dateAround(hit, toCome)))
      return outcome ? [{ ...sign(hit, outcome), act: true }] : []
    }),
  )
  const phrases = [...lexicon.outcomes].flatMap(([name, pattern]) =>
    hitsOf(pattern, text, clauses).flatMap((hit) => {
      const outcome = name === 'praise' ? praise(hit) : judged(hit, name, text, dateAround(hit, toCome))
      return outcome
        ? [
            sign(
              hit,
              outcome,
              name === 'praise' ||
                /^再/.test(hit.words) ||
                (name === 'dissatisfied' && PAST.test(hit.before)),
            ),
          ]
        : []
    }),
  )
  const brokenAt = text.search(BROKEN)
  return withoutCovered([...acts, ...phrases])
    .filter(({ outcome, at }) => at > brokenAt || !(outcome === 'promised' || outcome === 'ordered'))
    .sort((a, b) => a.at - b.at)
}

function sign({ at, end, clause }: Hit, outcome: Outcome, soft = false): Sign {
  return { outcome, at, end, soft, act: false, turns: clause.turns }
}

/** Where a date that lies ahead stands in the hit's clause. */
function dateAround({ clause, end }: Hit, dates: readonly DateMention[]): ToCome {
  const here = dates.filter((one) => one.at >= clause.at && one.at < clause.end)
  if (here.length === 0) return null
  return here.some((one) => one.at < end) ? 'before' : 'after'
}

/** An order given to a rival is a loss. */
function ours({ before, words }: Hit, outcome: Outcome | null): Outcome | null {
  if (/拿下|签/.test(words) && /(?:被|让)[^,。;!?]{1,8}$/.test(before)) return 'lost'
  if (outcome === 'ordered' && /(?:自己|自行)(?:又|去|也|都|就)?$/.test(before)) return null
  return (outcome === 'ordered' || outcome === 'renewed') && WITH_RIVAL.test(before) ? 'lost' : outcome
}

function praise(hit: Hit): Outcome | null {
  if (isDenied(hit)) return /没问题|没什么问题/.test(hit.words) ? 'interested' : 'dissatisfied'
  if (isAsked(hit) || isOurQuestion(hit) || isRivals(hit)) return null
  return 'interested'
}

/** A phrase of an outcome with its surroundings: denied, asked, on condition, only intended, not yet done. */
function judged(hit: Hit, name: Outcome, text: string, toCome: ToCome): Outcome | null {
  const customerAsks = name === 'interested' && /^(?:能不能|能否|可不可以)/.test(hit.words)
  if (!customerAsks && (isAsked(hit) || isOurQuestion(hit))) return null
  if (name === 'ordered' || name === 'renewed') return ours(hit, orderPhrase(hit, name, text, toCome))
  if (isDenied(hit)) return name === 'neutral' ? name : (DENIED_MEANS[name] ?? null)
  return told(hit, name, text)
}

/** What is left when a phrase is denied: 没答应 and 不是不满 leave it open. */
const DENIED_MEANS: Partial<Record<Outcome, Outcome>> = {
  promised: 'neutral',
  interested: 'neutral',
  dissatisfied: 'neutral',
}

function told(hit: Hit, name: Outcome, text: string): Outcome | null {
  switch (name) {
    case 'lost':
      return lostPhrase(hit, text)
    case 'resolved':
      return TO_BE_DONE.test(hit.before) || isConditional(hit, text) ? null : name
    case 'promised':
      return promisePhrase(hit, text)
    case 'interested':
      return SOME_DAY.test(hit.before) || /等|审核/.test(hit.words) ? null : name
    case 'refused':
      return refusal(hit, text)
    case 'dissatisfied':
      return isRivals(hit) || MARKET.test(hit.before) ? null : name
    default:
      return name
  }
}

function promisePhrase(hit: Hit, text: string): Outcome | null {
  const { before } = hit
  if (isNoPromise(hit)) return null
  if (/^了?(?:给我们?|帮我们?)?(?:介绍|推荐)/.test(hit.after)) return 'interested'
  if (/(?:等|等着|等到|还在等|犹豫|纠结|比较|对比)[^,。;!?]{0,8}$/.test(before)) return 'neutral'
  if (/(?:愿意|想|希望|有意|乐意|打算|可能|考虑)[^,。;!?]{0,4}$/.test(before)) return 'interested'
  return isConditional(hit, text) ? 'interested' : 'promised'
}

/** A no of ours, a threat (否则不合作), or for the time being only (年前不折腾). */
function refusal(hit: Hit, text: string): Outcome | null {
  const { before } = hit
  if (/(?:财务|公司|我们|领导|我方)$/.test(before)) return 'neutral'
  if (/(?:否则|不然|要不就?)[^,。;!?]{0,4}$/.test(before)) return 'dissatisfied'
  if (/(?:年前|节前|这周|本周|今天|最近)[^,。;!?]{0,2}$/.test(before)) return 'neutral'
  return isConditional(hit, text) ? null : 'refused'
}

/** Ours, of another time (上次答应的返利没给), or to think about it only. */
function isNoPromise({ before, after }: Hit): boolean {
  return OURS.test(before) || FOLLOWED_BY_PONDERING.test(after) || /^的(?![,。;!?]|$)/.test(after)
}

/** 行情太差: the market's fault and nobody's. */
const MARKET = /(?:行情|生意|市场|效益|销量|业绩|经济|天气|身体|信号)[^,。;!?]{0,2}$/
const SOME_DAY = /(?:以后|将来|日后|等|后面|后续|哪天|下次|今后)[^,。;!?]{0,4}$/
const COMPLETED =
  /了|发来|传来|接到|下达|啦|咯|喽|毕|讫|清|用印|双签|双章|签回|寄回|进账|入账|水单|截图|凭证|已|下的|成功|全款|(?:^|[^a-z])(?:done|ok|y|paid|won|closed|signed|placed|confirmed|got)(?:$|[^a-z])|√|已|盖章|回传|签好|签完|完成|搞定|敲定|到账|收到|到手|落地|下来|到位|办好|拿下|成单|中标|续上|又续|ed\b|bought/

/** 取消…订单, or an order of the past that is only the topic: 上个月下的单还没到. */
function isCalledOff({ before, words }: Hit): boolean {
  if (/(?:取消|退|撤|砍|停|暂停|推迟|欠)[^,。;!?]{0,4}$/.test(before)) return true
  if (words.startsWith('签收')) return true
  return /的单|的订单/.test(words) && /(?:上个?月|上周|去年|之前|上次|前阵)/.test(before)
}

function orderPhrase(hit: Hit, name: Outcome, text: string, toCome: ToCome): Outcome | null {
  const { before, words, after } = hit
  if (isCalledOff(hit)) return null
  if (isDenied(hit) || /(?:(?:没|还没|未|不)[^,。;!?]{0,3}|不[从在跟找和用][^,。;!?]{0,5})$/.test(before))
    return /不/.test(before.slice(-6)) ? 'refused' : 'neutral'
  if (isConditional(hit, text)) return 'interested'
  if (/(?:考虑|看看|等|犹豫|商量)[^,。;!?]{0,5}$/.test(before)) return 'neutral'
  const completed = COMPLETED.test(words) || /^了/.test(after) || /已经?|刚|终于|成功|当场/.test(before)
  if (toCome === 'before' && !/了|已/.test(words) && !/^了/.test(after) && !/已|刚|终于/.test(before))
    return 'promised'
  if (
    /(?:想|打算|可能|计划|希望|需要|问|能不能|预计|估计|有意|愿意|每次|以前|之前|去年|平时|一般)[^,。;!?]{0,6}$/.test(
      before,
    ) &&
    !completed
  )
    return 'interested'
  if (
    /(?:(?<![开机社工])会(?![员籍议后费计场馆长所])|口头|嘴上|一定|肯定|保证|必须|准备|答应|同意|承诺|确定|说好|马上|就|说|打算|要|快|即将)[^,。;!?]{0,6}$/.test(
      before,
    ) &&
    !/已经?|刚|终于/.test(before + words)
  ) {
    return completed && /[说就]$/.test(before) ? name : 'promised'
  }
  if (!completed && !/\d|[一两三四五六七八九十百千万]/.test(words)) return null
  return name
}

function lostPhrase(hit: Hit, text: string): Outcome | null {
  if (isConditional(hit, text)) return 'dissatisfied'
  const done =
    /了|已|走|掉/.test(hit.words) ||
    /^[^,。;]{0,4}了/.test(hit.after) ||
    /已经?|都|决定|确定|正式/.test(hit.before)
  if (INTENDED.test(hit.before) && !/已经?|决定|确定|正式/.test(hit.before)) return 'dissatisfied'
  if (/^(?:换|更换|切换|改用|选|在|用|跟|和|与|同)/.test(hit.words) && !done) return null
  return 'lost'
}

/** Drops signs inside a longer one: 满意 in 不满意, 合作 in 不再合作. */
function withoutCovered(signs: readonly Sign[]): Sign[] {
  return signs.filter(
    (one) =>
      !signs.some(
        (other) =>
          other !== one &&
          other.outcome !== one.outcome &&
          other.at <= one.at &&
          other.end >= one.end &&
          other.end - other.at > one.end - one.at,
      ),
  )
}
