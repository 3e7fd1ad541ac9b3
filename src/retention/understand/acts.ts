import { type Hit, isAsked, isConditional } from './hits.ts'
import type { Outcome } from './lexicon.ts'

const FILLER =
  '(?:再|再来|跟我们|和我们|在我们这里?|从我们这|继续|给我们|马上|立刻|尽快|在|也|就|又|都|先|来|去|直接|一起|正式)*'
const REFUSAL = new RegExp(
  `(?:(?<![差说要])不(?:想|愿意?|肯|打算|准备|考虑|会|要|用|必|同意|答应|予|能|可能)?|拒绝|放弃|停止|终止|暂停|无意|没打算|没想|没计划|没准备|没意愿|没兴趣|懒得|推掉|不再|别|not|won't|no longer|don't want to|refused to)\\s?${FILLER}$`,
)
/** 没说不买, 不是不续, 不会不签: two denials are none. */
const DOUBLE = /(?:没说|没有说|不是|并非|不会|没)不(?:想|愿意|打算|会|要)?(?:再|继续)*$/
const NOT_YET = new RegExp(
  `(?:没有?|未|尚未|还没|一直没|迟迟没|迟迟不|迟迟未|仍未|没能|没法|还不能|hasn't|haven't|not yet|didn't)\\s?(?:决定|定|敲定|确定|最终|真正|完全|成功|及时|有)*${FILLER}$`,
)
const OURS =
  /(?:催(?!我)|劝|建议|推荐|希望他|希望客户|希望她|希望对方|鼓励|引导|争取|说服|动员|提醒|请他|请客户|让他|让客户|让对方|逼|推动|促成|促|问(?!我)|聊|谈(?!妥|好|定|成|拢)|谈到|说起|关于|提到|讨论|沟通|跟进|为了|推进|推|到期|咨询|商讨|洽谈|对接|要不要|是否|会不会|能不能|什么时候|啥时候|何时|有没有|打听)[^,。;!?]{0,5}$/
/** 原定周三签约: what was planned did not come; 管采购: a job. */
const FORMER_PLAN = /(?:原定|原本|本来|原来说|之前说|原计划|原说)[^,。;!?]*$|(?:管|负责)$/
const PONDERS = /(?:考虑|犹豫|纠结|在想|看看|商量|研究|讨论|评估|观望|再想|等)[^,。;!?]{0,6}$/
const DONE_BEFORE =
  /(?:已经?|刚刚?|终于|总算|成功|顺利|当场|现场|当天|爽快(?:地)?|立马|最终|最后|又|重新|正式|居然|竟然|今天|昨天|上午|下午|早上|痛快|直接|主动|连续|同步|全部|都|顺便|提前|恢复|追加|分别|再次)(?:地|就|都|也|[和跟与同](?:客户|对方|[一-鿿]{1,3})|跟我们|和我们|给我们|把|了|又|在系统里|在平台上|来)*$/
const PROMISED =
  /(?:答应|同意|承诺|保证|说好|说定|确定|确认|肯定|一定|必须|定了|敲定|应允|拍板|口头|(?<![开机社工董展员协年集宴])会(?![后议员计籍费场馆长所])|将|马上要?|立刻|就|要|准备|安排|敢|快|即将|约定|agreed to|will|promised to)(?:他|客户|我们|我|跟|和|在|给|来|再|继续|恢复|重新|尽快|先|这个|本|月|周|内|尽量|按时|准时|也|一定|马上|直接|多|全部|都|,)*$/
const WISHED =
  /(?:打算|计划|预计|有意|愿意|可以|希望|想|可能|应该|大概率|估计|或许|说不定|考虑|期望|有望|倾向|乐意|争取|愿|差不多|能|interested in|wants to|plans to|may|might)[^,。;!?]{0,6}$/
const DONE_AFTER =
  /^(?:了(?!解|没|吗|么|个?[寂])|成功|完成|完毕|好了|过了|到位|下来了?|成了|上了|掉了|\s?(?:共|约|大概|大约|总共|一共|合计)?\s?[¥$]?\d|(?:两|三|四|五|六|七|八|九|十|一)(?:[百千万十箱台件套吨批年]))/
const TOPIC_AFTER =
  /^(?:的(?![,。;!?]|$)|事|方案|合同|价格|价|报价|条件|意向|政策|优惠|金额|流程|时间|问题|情况|提醒|通知|计划|部|经理|总监|负责人|主管|员|科|那边|说|让|叫|约|问|换|离职|进度|可能|意愿|日期|节点|前|周期|频率|量|需求|率|吗|么|没|事宜|王|李|张|刘|陈|助理|决策|换了|走了|不在|老大|团队|部门|人员)/

/** Where a date that lies ahead stands in the clause of a phrase, if at all. */
export type ToCome = 'before' | 'after' | null

/**
 * What is said about an order or a renewal: done, promised, wished, pondered, refused, not yet. Null when the
 * word is only a topic (谈续约), a question of ours (催他下单) or a person's job (采购经理).
 */
export function actOutcome(hit: Hit, act: 'order' | 'renew', text: string, toCome: ToCome): Outcome | null {
  const { before, after } = hit
  if (/^的?(?:原因|理由)/.test(after) && REFUSAL.test(before)) return 'refused'
  if (TOPIC_AFTER.test(after) && !DONE_BEFORE.test(before)) return null
  if (FORMER_PLAN.test(before)) return null
  if (DOUBLE.test(before)) return 'neutral'
  if (isAsked(hit)) return null
  if (NOT_YET.test(before) || /^[了]?(?:没有?|吗)(?:$|[,。?])/.test(after)) return notYet(before)
  if (REFUSAL.test(before)) return 'refused'
  if (isConditional(hit, text)) return 'interested'
  const ahead = toCome === 'before' && !after.startsWith('了') && !/已经?|刚|终于/.test(before)
  if (
    !ahead &&
    DONE_BEFORE.test(before) &&
    !/^(?:前|之前|的话)/.test(after) &&
    !/要|会|准备|打算|想/.test(before.slice(-3)) &&
    (!before.endsWith('就') || after.startsWith('了'))
  )
    return done(act, after)
  if (/等[^,。;!?]{1,12}(?:再|才|后|就)[^,。;!?]{0,3}$/.test(before)) return 'neutral'
  if (OURS.test(before) && !/了/.test(after.slice(0, 1))) return null
  return plainAct(hit, act, toCome !== null, ahead)
}

function plainAct(
  { before, after, clause, words }: Hit,
  act: 'order' | 'renew',
  hasDate: boolean,
  ahead: boolean,
): Outcome | null {
  const dated = hasDate ? 'promised' : 'interested'
  if (PONDERS.test(before)) return 'neutral'
  if (WISHED.test(before)) return /可能|或许|说不定|考虑|希望|想/.test(before) ? 'interested' : dated
  if (PROMISED.test(before)) return 'promised'
  if (ahead) return 'promised'
  if (DONE_AFTER.test(after)) return done(act, after)
  const bare = clause.text.replace(/[,。;!?.\s]/g, '')
  if (bare === words || /^(?:客户|对方|[一-鿿]{1,3}[总哥姐工]|已)$/.test(before.trim()))
    return hasDate ? 'promised' : done(act, after)
  return hasDate ? 'promised' : null
}

/** 签订续约合同 is a renewal too. */
function done(act: 'order' | 'renew', after: string): Outcome {
  return act === 'order' && !/^了?[^,。;!?]{0,3}续(?:约|签|费)/.test(after) ? 'ordered' : 'renewed'
}

/** 还没下单 leaves it open; 没打算下单 is a no. */
function notYet(before: string): Outcome {
  return /没(?:打算|想|计划|准备|意愿|兴趣)[^,。]{0,4}$/.test(before) ? 'refused' : 'neutral'
}
