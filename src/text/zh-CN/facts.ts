import { type Day, partsOfDay } from '../../model/day.ts'
import type { FactKind, FactValues } from '../../model/fact-kinds.ts'
import { common } from './common.ts'

/** Days ago from which a date is shown with its year. */
const OLD_DAYS = 300

const kinds: Readonly<Record<string, string>> = {
  login: '登录',
  consult: '咨询',
  order: '下单',
  browse: '浏览',
  review: '评价',
}

function date(on: Day, days: number | string = 0): string {
  const { year, month, date } = partsOfDay(on)
  return Number(days) > OLD_DAYS ? `${year}/${month}/${date}` : `${month}/${date}`
}

const money = (fen: number | string | undefined): string => common.money(Number(fen))
const quoted = (text: number | string | undefined): string => (text ? `：“${text}”` : '')
/** A quotation cut out of a sentence begins with its first word. */
const phrase = (words: number | string | undefined): string =>
  String(words).replace(/^[\s，。、；！？,.;!?]+/, '')
const list = (names: number | string | undefined): string =>
  String(names)
    .split(',')
    .map((kind) => kinds[kind] ?? kind)
    .join('、')

/** One sentence for each kind of fact: short enough for one line of a phone. */
export const facts: Readonly<Record<FactKind, (v: FactValues, on: Day) => string>> = {
  'own-cycle': (v) => `通常每${v.typical}天下单（近${v.orders}次，最长${v.longest}天），今天第${v.silence}天`,
  holiday: (v) => `其中长假${v.days}天不计`,
  'last-order': (v, on) =>
    Number(v.amount) < 0
      ? `最近一单 ${date(on, v.days)}`
      : `最近一单 ${date(on, v.days)}，${money(v.amount)}`,
  silence: (v) => `${v.days}天没有${list(v.kinds)}`,
  idle: (v) => `${v.days}天没有任何互动`,
  'activity-drop': (v) => `近30天互动${v.recent}次，之前平均每30天${v.before}次`,
  'smaller-orders': (v) => `最近3单一般${money(v.recent)}，以往${money(v.usual)}`,
  'order-amount': (v, on) => `${date(on)} 下单${money(v.amount)}`,
  'complaint-open': (v, on) => `${date(on, v.days)} 投诉未关，已${v.days}天${quoted(v.text)}`,
  'complaint-closed': (v, on) => `${date(on, v.days)} 有过投诉（已关）${quoted(v.text)}`,
  'ticket-open': (v, on) => `${date(on, v.days)} 工单未关，已${v.days}天${quoted(v.text)}`,
  'renewal-due': (v, on) => `${date(on)} 到期，还有${v.days}天，未续费`,
  'renewal-late': (v, on) => `${date(on, v.days)} 到期，过了${v.days}天，未续费`,
  'contact-change': (v, on) => `联系人变动（${date(on)}${v.who ? ` ${v.who}` : ''}）`,
  'contact-deleted': (v, on) =>
    `${date(on, v.days)} 客户删除了${v.who || '销售'}的企业微信好友${v.still ? `，还留着${v.still}` : ''}`,
  'nps-low': (v, on) => `${date(on)} NPS 只有${v.score}分`,
  'nps-drop': (v, on) => `${date(on)} NPS ${v.score}分，上次${v.before}分`,
  'csat-low': (v, on) => `${date(on)} 服务满意度${v.score}分（满分5分）`,
  'survey-words': (v) => `客户说“${v.text}”`,
  'negative-words': (v, on) => `${date(on)} 说过“${phrase(v.quote)}”（依据：${v.words}）`,
  cancel: (v, on) => `${date(on)} 明确说不再合作${quoted(v.text)}`,
  'orders-window': (v) => `近${v.window}天下单${v.recent}次，再往前${v.window}天${v.before}次`,
  'orders-total': (v, on) => `${date(on, v.days)} 首单以来共下单${v.orders}次`,
  spend: (v) => `近${v.window}天采购${money(v.recent)}，累计${money(v.amount)}`,
  'small-order': (v, on) => `最近一单 ${date(on, v.days)} 只有${money(v.amount)}，以往平均${money(v.usual)}`,
  'no-order': (v) => `按下单规律，${v.window}天内不再下单的可能${v.percent}%`,
  activity: (v, on) => `近30天互动${v.recent}次，最近一次 ${date(on, v.days)}`,
  'nps-given': (v, on) => `${date(on)} NPS ${v.score}分`,
  segment: (v) => `${v.name === 'default' ? '未分类的' : `“${v.name}”这类`}客户流失偏${v.more ? '多' : '少'}`,
  'no-complaint': (v) => `近${v.days}天没有投诉`,
  'no-nps': (v) => `近${v.days}天没有NPS回复`,
  'no-contact-change': (v) => `近${v.days}天联系人没有变动`,
  'no-negative-words': (v) => `近${v.days}天没有不满的话`,
  'seed-order': (v) => `${v.days}天前下单：+50`,
  'seed-consult': (v) => `${v.days}天前咨询：+30`,
  'seed-browse': (v) => `${v.days}天前浏览：+10`,
  'seed-review': (v) => `${v.days}天前评价：+20`,
  'seed-silence': (v) => `${v.days}天无任何行为：-100`,
}
