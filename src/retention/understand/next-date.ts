import type { Day } from '../../model/day.ts'
import { type DateMention, findDates } from './dates/find-dates.ts'
import type { Now } from './dates/form.ts'

/** The next contact a text names. */
export interface NextDate {
  readonly day: Day | null
  /** Why the date that was said cannot be taken. */
  readonly refused: 'past' | 'too-far' | 'no-such-date' | null
  /** The words it was read from; null when there are none. */
  readonly words: string | null
  /** Dates in the text, whatever they are for. */
  readonly mentions: readonly DateMention[]
}

/** What we do on that day: the date beside it is the next contact. */
const CONTACT =
  /再|约|联系|回访|跟进|跟催|拜访|登门|上门|见面|会面|面谈|碰|见(?!效)|打(?:给|电话|过去|回)|电话|沟通|聊|谈|催|找[他她它你]|去一?趟|过去|走访|演示|会议|开会|回电|回话|提醒|\b(?:call|meet|meeting|visit|follow|demo|ping|sync)/
/** Words that only the next contact has. */
const AGAIN = /再(?!说|考虑|决定|给|下单|采购|买|定)|约(?![了定]?\d*[万块])|回访|下次|下回|跟进|跟催|\bfollow/
/** What the customer will do by then: the day to look after it. */
const PROMISE =
  /答复|回复|回信|消息|结果|准信|下单|签|付|打款|回款|转账|续|定|给|来|回|确认|发|寄|送|看|出|批|通知|安排|采购|补货|拿货|\b(?:reply|order|sign|pay|confirm|send|decide)/
/** Dates that are no appointment: the end of a contract, a delivery, an absence. */
const NO_APPOINTMENT =
  /到期|过期|截止|期满|放假|停产|停工|生日|开业|开张|成立|周年|涨价|生效|交货|交付|到货|发货|出货|送货|收货|交期|上线|投产|离职|退休|休假|请假|搬|有效期|质保/
const ABSENT =
  /^[^,。;!?]{0,2}不(?:进|买|订|做|折腾|考虑|采购|补|想|用|下单|要|续)|^(?:(?:下午|上午|那天|都|要|就|他|她|客户|人)?){0,3}(?:没空|没时间|没有时间|不行|不方便|不在|有事|出差|休息|不上班|很忙|忙|来不及|不可以|太早|太晚|太急)/
/** 明年要扩建, 年底要关店, 下个月交铺: such a span is a plan of theirs where nothing is said of a contact or a promise. */
const SPAN = /^(?:[明来后今]年.*|年底|(?:下个?|这个?|本)月|[一二三四五六七八九十\d]+月份?)$/
const CHANGED =
  /(?:改到|改为|改成|改约|改|推到|推迟到|延到|延期到|延后到|延迟到|挪到|换到|换成|顺延到|提前到|调到|拖到)了?$/
const VOIDED =
  /(?:不是|别|不要|取消了?|原定|原本|本来约?|原来约?|之前约)(?:在|的|了)?$|(?:缩短|压缩|控制|限制|质保|账期)[^,。;]{0,4}$/
/** 说好周三来却没来: what was agreed did not happen. */
const BROKEN = /却|没(?!问题)|结果|临时|放鸽子|取消|变卦|又(?:说|改|推)|不(?:来|行|去|签|买|要|认)/
const PAST_AFTER =
  /^[^,。;!?]{0,12}?(?:过了|没(?!空|时间)|过(?!去|来|完|年|节|后)|了(?!解)|的(?:单|货|款|会|电话|时候|时侯))/
/** A past date right behind these is when it happened: 拜访日期 11-18. */
const HAPPENED = /拜访|联系|聊|谈|见|打|单|签|付|收|到|发|送|买|订|交|起|自|从|是|于|在|前/
const STILL_TO_COME =
  /再|约|回访|下次|准备|打算|计划|要|会(?!议)|将|等|答应|说|安排|定在|定于|联系$|提醒|记得|争取|\bwill\b/
/** 今晚转, told by day: what has no 了 is to come. */
const TONIGHT = /^今晚[^,。;了过]{1,8}$/
const TODAY_TO_COME = /^[^,。;]{0,6}(?:再|还要|还得|准备|打算|约(?!了)|要(?!了)|回(?:电|话|复)(?!了))/

/**
 * The next contact in a rep's words. Of several dates the one beside a contact of ours counts (下周三再约), then
 * one by which the customer promised something, then any that is no deadline; a date the sentence tells of as
 * past is the contact's own.
 */
export function nextDate(text: string, now: Now, maxDays: number): NextDate {
  const mentions = findDates(text, now)
  const rated = mentions
    .map((one, index) => ({ one, rate: rateOf(text, mentions, index, now) }))
    .filter(({ rate }) => rate > 0)
  const best = rated.reduce<(typeof rated)[number] | null>((a, b) => (a && a.rate >= b.rate ? a : b), null)
  if (!best) return { day: null, refused: null, words: null, mentions }
  const { day, words } = best.one
  const refused = refusal(day, now.today, maxDays)
  return { day: refused ? null : day, refused, words, mentions }
}

function refusal(day: Day | null, today: Day, maxDays: number): NextDate['refused'] {
  if (day === null) return 'no-such-date'
  if (day < today) return 'past'
  return day - today > maxDays ? 'too-far' : null
}

/** 0 no next contact, 1 some date to come, 2 a promise by it, 3 a contact on it, 4 the next one, 5 put in place of another. */
function rateOf(text: string, mentions: readonly DateMention[], index: number, now: Now): number {
  const one = mentions[index]
  if (!one || one.kind === 'never') return 0
  const { before, after, whole } = around(text, mentions, index)
  if (VOIDED.test(before) || ABSENT.test(after) || isTopic(before, after)) return 0
  if (mentions[index + 1] && isChange(text, mentions[index + 1])) return 0
  if (cannotBeKept(one, before, text.slice(one.end))) return 0
  if (isPast(one, before, after, now)) return 0
  if (CHANGED.test(before)) return 5
  if (AGAIN.test(after) || AGAIN.test(before)) return 4
  if (CONTACT.test(after) || CONTACT.test(before)) return 3
  if (NO_APPOINTMENT.test(whole)) return 0
  if (continued(text, one.end) && CONTACT.test(continued(text, one.end))) return 3
  if (PROMISE.test(whole)) return 2
  return SPAN.test(one.words) && whole.trim() !== '' ? 0 : 1
}

/** 明年的用量, 问明天能不能发: the date is talked about, not agreed. */
function isTopic(before: string, after: string): boolean {
  if (/(?:聊|谈|说|提|讲)(?:到|及|起)$/.test(before)) return true
  if (/^的/.test(after)) return !CONTACT.test(after.slice(0, 6))
  return /问/.test(before) && /能不能|是否|有没有|行不行|可不可以|会不会|吗/.test(after)
}

/** 明年再说 is no day anybody could keep; 说好周三来，没来 was not kept. */
function cannotBeKept({ words }: DateMention, before: string, rest: string): boolean {
  return /^[明来]年$/.test(words) || (/说好(?:在|的|了)?$/.test(before) && BROKEN.test(rest))
}

function isChange(text: string, next: DateMention | undefined): boolean {
  return next !== undefined && CHANGED.test(text.slice(Math.max(0, next.at - 6), next.at))
}

/** The sentence tells of that day as over: 周三拜访了, 5号下的单, 11月3日聊过. */
function isPast(one: DateMention, before: string, after: string, { today }: Now): boolean {
  if (one.kind === 'today') return !(TODAY_TO_COME.test(after) || TONIGHT.test(one.words + after))
  if (one.kind === 'never') return true
  const toCome = STILL_TO_COME.test(after) || STILL_TO_COME.test(before)
  if (one.kind === 'rolling') return !toCome && after !== '' && PAST_AFTER.test(after)
  if (one.day === null || one.day >= today) return false
  // A date that has passed is the contact's own, unless it is said as the next one or stands for itself.
  return !(toCome || (after === '' && !HAPPENED.test(before)))
}

/** The words of the clause around a mention, up to its neighbours. */
function around(
  text: string,
  mentions: readonly DateMention[],
  index: number,
): { before: string; after: string; whole: string } {
  const { at = 0, end = 0 } = mentions[index] ?? {}
  const from = Math.max(lastBreak(text, at), mentions[index - 1]?.end ?? 0)
  const to = Math.min(nextBreak(text, end), mentions[index + 1]?.at ?? text.length)
  const [before, after] = [text.slice(from, at).trim(), text.slice(end, to).trim()]
  return { before, after, whole: `${before} ${after}` }
}

/** When the date ends its clause, the next clause may say what it is for: 下周三, 再约. */
function continued(text: string, end: number): string {
  const rest = text.slice(end)
  const match = /^\s*[,。;、]\s*([^,。;、!?]{1,6})/.exec(rest)
  return match?.[1] ?? ''
}

const BREAKS = ',。;!?'

function lastBreak(text: string, at: number): number {
  for (let i = at - 1; i >= 0; i--) if (BREAKS.includes(text.charAt(i))) return i + 1
  return 0
}

function nextBreak(text: string, at: number): number {
  for (let i = at; i < text.length; i++) if (BREAKS.includes(text.charAt(i))) return i
  return text.length
}
