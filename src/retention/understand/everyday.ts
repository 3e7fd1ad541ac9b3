/** Said of anything and anybody: times, people, what business is about. */
const WORDS =
  '客户|对方|大家|自己|朋友|他们|我们|老[板师家]|天天|[每今明昨前后]天|[上下这本]周|[上下这本]月|[上下]次|早上|上午|中午|下午|晚上|' +
  '电话|微信|联系|公司|集团|中国|全国|国际|一[起下些直个家]|不[是要]|已经|没有|可以|价格|服务|质量|产品|合作|时间|订单'
/** 张总 is a person before it is a company. */
const PERSON = '[一-鿿](?:总|经理|老板|主任|姐|哥|厂长|店长|老师)'
const WHOLE = new RegExp(`^(?:${WORDS}|${PERSON})$`, 'u')
const BEGINNING = new RegExp(`^(?:${WORDS})`, 'u')

/** True for a name that sentences hold without meaning it: 天天 in 天天打电话给他. Pure. */
export function isEveryday(name: string): boolean {
  return WHOLE.test(name)
}

/** True where a name begins with such a word, so that its beginning alone points to nobody. Pure. */
export function beginsEveryday(name: string): boolean {
  return BEGINNING.test(name)
}
