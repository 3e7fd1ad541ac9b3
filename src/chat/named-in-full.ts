import { isEveryday } from '../retention/understand/everyday.ts'
import { halfWidth } from './fold.ts'

/** What a name may begin after: nothing, a sign, or a word of contact that is itself no end of another name. */
const SIGN = '[,，、。.;；:：!！~(（「『“"《]'
const LEAD =
  '(?:(?:我|我们|已|已经|刚|刚才|刚刚|今天|今早|昨天|前天|上午|下午|中午|晚上|早上|又|再|去|电话|嗯|呃|啊|哦|那个|就是|然后|明天|明早|后天|(?:下下?|这|本)?(?:周|星期|礼拜)[一二三四五六日天末]|月[底初]|节后|要|准备|打算|提醒我|记得|别忘了)\\s*){0,6}'
const CONTACT =
  '(?:联系|拜访|回访|走访|跟进|电话|微信|约|见|打给|打电话给|致电|发给|called|visited|met|saw|rang)'
const BEFORE = new RegExp(
  `(?:^|${SIGN})\\s*${LEAD}(?:跟|和|与|给|找|(?:去|到|跑)了?(?:一?趟)?|在|客户|${CONTACT}了?过?(?:一下|一趟)?)?\\s*$`,
  'u',
)
/**
 * What may follow a name: nothing, a sign that parts sentences, or a word no company's name goes on with; after a
 * space one that begins what is told, for 三一 重工 may be one name.
 */
const AFTER =
  /^(?:$|[,，。;；:：!！?？~」』”"》]|\s+[没不已有说对打拒同客下明今后周价质服交货订续签约聊谈见拜电微都还就]|\s?(?:那边|这边|的?[一-鿿](?:总|经理|老板|主任|姐|哥|厂长|店长|老师)|的(?:采购|财务|负责人|对接人)|说|表示|反馈|没接|不接|没人接|无人接|没打通|打不通|没联系上|联系不上|有意向|没意向|有兴趣|没兴趣|然后|倒闭|关门|关停|停产|下单|下了单|订了|流失|续约|续费|不续|不要|不做|不合作|投诉|退货|催货|付款|打款|(?:明[天早]|后天|今天|昨天|下下?周[一二三四五六日天末]|月底)(?:[再要去打联拜见约聊谈没不说,，。]|$)|打[了过]?(?:个|通)?电话|聊|谈了?|沟通|已经|刚刚|老板))/u

/**
 * True when `name` stands in the text as a name of its own: 三一 in 三一重工说不要 and 华联 in 新华联没接 do not, for
 * those may be other companies, ours or not. Pure.
 */
export function isNamedInFull(text: string, name: string): boolean {
  const plain = halfWidth(text).toLowerCase()
  const wanted = halfWidth(name).toLowerCase().trim()
  if (wanted.length < 2 || isEveryday(wanted)) return false
  for (let at = plain.indexOf(wanted); at >= 0; at = plain.indexOf(wanted, at + 1)) {
    if (BEFORE.test(plain.slice(0, at)) && AFTER.test(plain.slice(at + wanted.length))) return true
  }
  return false
}
