import type { Understood } from '../retention/understand.ts'

const MIN_CHARS = 2
/** A question to the bot is no report: 华联为什么不满意, 价格多少？ */
const QUESTION =
  /[?？]\s*$|(?:吗|怎么样|怎么办|多少|几个|哪[些个里]|谁)[\s。.!！~]*$|^(?:为什么|为何|怎么|怎样|如何|请问|谁|哪|帮我|帮忙|这个怎么|给我|查|看看|show|what|why|how|who)/i
/** A plan is no contact: 我明天去拜访华联, 下周三我请假. With a word of what was, it is one. */
const PLAN = /^(?:我们?)?(?:打算|准备|计划|想|要|明[天早晚]|后天|下下?周|下个?月|周[一二三四五六日末])/
const DONE = /[了过没已不]|说|反馈|表示/
const OPEN: readonly Understood['outcome'][] = [null, 'neutral', 'promised']
/** Said to the bot: 你说的不对. */
const TO_BOT = /^你/
/** Words that tell of a contact, whatever came of it. */
const CONTACT =
  /联系|电话|拜访|回访|走访|上门|见面|见了|聊|谈|沟通|微信|约|没接|不接|没打通|打不通|没人接|没联系|客户|对方|老板|采购|反馈|[一-鿿](?:总|经理|主任|厂长|店长|院长|校长|老师|工|姐|哥)|说|\b(?:called|call|met|visit|spoke|talked|said|says|reached|client|customer)/i
const ONLY_MANNERS =
  /^(?:好的?|行|可以|收到|谢谢|多谢|辛苦|知道|明白|了解|早|晚安|你好|您好|hi|hello|ok|thanks?|嗯|哦|哈)[^,，。;；]{0,8}$/i

/**
 * Whether a line without a command word tells of a contact with a customer. `sure`: it says so itself; `likely`: a
 * result or a date alone, which only counts where a customer is at hand. Null: something else. Pure.
 */
export function contactReport(
  text: string,
  { outcome, nextOn, refused }: Pick<Understood, 'outcome' | 'nextOn' | 'refused'>,
): 'sure' | 'likely' | null {
  const plain = text.normalize('NFKC').trim()
  if (!isStatement(plain) || (PLAN.test(plain) && !DONE.test(plain) && OPEN.includes(outcome))) return null
  const dated = nextOn !== null || refused !== null
  if (outcome === null && !dated) return null
  if (CONTACT.test(plain)) return 'sure'
  return outcome === null ? null : 'likely'
}

/** No question, no word of manners and nothing said to the bot. Pure. */
export function isStatement(text: string): boolean {
  const plain = text.normalize('NFKC').trim()
  return (
    [...plain].length >= MIN_CHARS && ![QUESTION, ONLY_MANNERS, TO_BOT].some((pattern) => pattern.test(plain))
  )
}
