import type { DateMention } from './dates/find-dates.ts'
import { isGreeting } from './effective.ts'
import type { Lexicon } from './lexicon.ts'

/** Signs of substance that must be left of a note once contact, dates, names and filler are taken away. */
const MIN_SIGNS = 5
/** More where only the customer is named, and no contact. */
const MIN_SIGNS_OF_PARTY = 7
const PARTY =
  /客户|对方|院方|校方|厂方|甲方|家长|老板|采购|领导|[一-鿿]总|经理|主任|园长|校长|店长|厂长|医生|老师/
const FILLER =
  /联系|客户|对方|老板|今天|上午|下午|刚才|刚刚|晚上|早上|一下|电话|微信|拜访|回访|上门|沟通|聊了|聊|谈了|谈|说|了解|交流|见面|见了|再约|再|约|[一-鿿]{1,2}(?:总|经理|哥|姐|老板|主任|工|厂长|老师|店长)|[了过的地得着在和跟与给去到个下次我们他她也都很还就又把]/g

/** True when a note tells of a talk with some content, though not of its result. */
export function talkedAbout(text: string, lexicon: Lexicon, dates: readonly DateMention[]): boolean {
  const contact = text.search(lexicon.contact) >= 0
  if (!(contact || PARTY.test(text)) || isGreeting(text, lexicon)) return false
  let rest = text
  for (const { at, end } of [...dates].reverse()) rest = rest.slice(0, at) + rest.slice(end)
  return (
    rest.replace(FILLER, '').replace(/[\s,。;!?.:\d]/g, '').length >=
    (contact ? MIN_SIGNS : MIN_SIGNS_OF_PARTY)
  )
}
