/** What a line without a command word most likely asks for, as the command and the words it would be typed with. */
export interface LooseMeaning {
  readonly command: string
  readonly rest: string
}

const GREETING =
  /^(?:在吗?|在不在|你好|您好|嗨|哈喽|hi|hello|hey|早|早上好|你是谁|怎么用|[?？!！。.…]+)[\s!！~。.?？]*$|(?:你|能|可以|会).{0,3}(?:干|做|帮).{0,3}(?:嘛|吗|么|什么|啥)/i
const WHOM =
  /(?:谁|哪[些几]|什么客户|几[个家]).*(?:联系|打|跟进|拜访|客户)|(?:联系|打给?|跟进|拜访|客户|打电话给?).{0,5}(?:谁|哪[些几]|几[个家])|^\S{2,4}的客户$|\bwho\b.*\b(?:call|contact|visit)/i
const BANDS = /紧急|临近流失|数据不足|高(?=风险)|中(?=风险)|观察/
const CUSTOMERS = /客户|名单|哪[些几]|有谁|有多少/
const LOSSES = /流失(?:率|了?(?:几|多少|哪)|情况|怎么样)/
const FOLLOWED = /跟进率|谁.{0,3}跟进|(?:跟进|联系)了?(?:几|多少)/
const PERIOD = /去年|今年|本[周月季年]|[上这]个?(?:周|月|季度?|年)|20\d\d(?:-\d{1,2}|q[1-4])?/i
const LEAVE = /(?:请|休|调).{0,4}(?:假|休)|(?:年|病|事|调)[假休]/
const LEAVE_WORDS = /^我?们?(?:要|想)?|请|一下|(?:年|病|事|调|产|婚|丧)[假休]|休假|[假休]/g

/**
 * 今天打给谁, 上个月流失了几个, 后天请半天假, 你能干嘛: what people write who know no command. Only ever shown or offered
 * on a button. Pure.
 */
export function looseMeaning(text: string): LooseMeaning | null {
  const plain = text.normalize('NFKC').trim()
  if (GREETING.test(plain)) return { command: 'help', rest: '' }
  if (LEAVE.test(plain)) return { command: 'leave', rest: plain.replace(LEAVE_WORDS, '').trim() }
  if (LOSSES.test(plain)) return { command: 'churn', rest: periodIn(plain) }
  if (FOLLOWED.test(plain)) return { command: 'follow-up-rate', rest: periodIn(plain) }
  const [band] = BANDS.exec(plain) ?? []
  if (band !== undefined && CUSTOMERS.test(plain)) return { command: 'list', rest: band }
  return WHOM.test(plain) ? { command: 'mine', rest: '' } : null
}

/** 上个月 → 上月, 这个季度 → 本季. */
function periodIn(text: string): string {
  const [found = ''] = PERIOD.exec(text) ?? []
  return found.replace('个', '').replace('这', '本').replace('季度', '季')
}

const MANNERS =
  /^(?:谢谢|多谢|感谢|辛苦|收到|好的?|嗯+|行|可以|知道了|明白|了解|不客气|哈+|ok|okay|thanks?|thank you)[\s\p{P}\p{S}\p{Extended_Pictographic}了啦呢哦哈]*$/iu
const SIGNS_ONLY = /^(?:[\s\p{Extended_Pictographic}\p{Emoji_Modifier}]|\u200d|\ufe0f)+$/u

/** A line that wants nothing: 谢谢, 好的👌, a thumb. Pure. */
export function isManners(text: string): boolean {
  const plain = text.normalize('NFKC').trim()
  return plain !== '' && (MANNERS.test(plain) || SIGNS_ONLY.test(plain))
}

/** 不对, 记错了, 取消: something of before is meant. Pure. */
export function isRegret(text: string): boolean {
  return /^(?:取消|删掉|删除|删了|不对|错了|[记搞弄写]错了?|不是这个|wrong|cancel)[\s。.!！~吧]*$/iu.test(
    text.normalize('NFKC').trim(),
  )
}

const FEWER =
  /(?:别|不要|不用|少).{0,3}(?:推(?!荐|迟|广|后|进)|提醒)|(?:推|提醒).{0,4}(?:太多|不准|错了)|^太多了|太吵/

/** 别推了, 今天推的不准: too much, or the wrong ones. Pure. */
export function isTooMuch(text: string): boolean {
  return FEWER.test(text.normalize('NFKC').trim())
}

/** 泰邦新材料转给王磊, 把泰邦转给小王: the words that 转交 would be typed with; null for anything else. Pure. */
export function handedOn(text: string): { readonly customer: string; readonly rest: string } | null {
  const match = /^(?:请|帮我)?(?:把|将)?(.{2,30}?)(?:转|交)(?:给|交给?|到)\s*(\S.{0,60})$/u.exec(
    text.normalize('NFKC').trim(),
  )
  return match?.[1] && match[2] ? { customer: match[1].trim(), rest: match[2] } : null
}
