/** What a rep's line says about a contact, in the simple form: one outcome word, one channel word. */

export const OUTCOMES = [
  'won',
  'resolved',
  'interested',
  'considering',
  'unhappy',
  'refused',
  'no-answer',
] as const
export type Outcome = (typeof OUTCOMES)[number]

export const CHANNELS = ['phone', 'visit', 'wechat', 'email', 'message'] as const
export type Channel = (typeof CHANNELS)[number]

/**
 * Outcome phrases. The longest phrase at a place wins, so that 不满意 is never read as 满意. `won` needs a
 * completed form (已下单, 下单了); a bare plan to buy is `interested`.
 */
const OUTCOME_WORDS: readonly (readonly [Outcome, RegExp])[] = [
  [
    'no-answer',
    /没接|未接|不接电话|没人接|无人接听|打不通|没打通|没联系上|联系不上|未联系上|没回(?!购)|没回复|未回复|不回消息|关机|停机|空号|\bno (?:answer|reply)\b/gi,
  ],
  [
    'won',
    /已(?:经)?(?:下单|成交|签约|签单|续约|续费|复购|付款|恢复下单)|(?:下单|成交|签约|签单|续约|续费|复购|签|付款)(?:了|成功)|下了(?:一?个?)?(?:订?单)|签了合同|恢复下单|\b(?:has )?(?:ordered|renewed|signed)\b/gi,
  ],
  [
    'resolved',
    /已(?:经)?(?:解决|处理好|处理完|处理)|(?:解决|处理好|处理完)了|问题解决|投诉已?关闭|\bresolved\b/gi,
  ],
  [
    'refused',
    /拒绝|没兴趣|不感兴趣|没有兴趣|不需要|不再合作|不合作了|换供应商|换了供应商|换(?:别|其他)家|不(?:想|打算|会)?(?:再)?(?:下单|买|采购|续约|续费)了?|没有?意向|无意向|\brefused\b|\bnot interested\b/gi,
  ],
  [
    'unhappy',
    /不满意?|有意见|嫌贵|太贵|价格高|价格贵|抱怨|生气|要退货|要投诉|\bunhappy\b|\btoo expensive\b/gi,
  ],
  [
    'considering',
    /考虑|再看看|再说|再商量|要?商量|要请示|等(?:通知|消息|预算|审批|回复)|走审批|还没(?:决定|定)|观望|\bconsidering\b/gi,
  ],
  [
    'interested',
    /有意向?|有兴趣|感兴趣|愿意|同意|答应|要报价|要样品|求报价|约了|约好|约定了?|谈妥|谈好|(?:准备|打算|计划|会|要|想|可以)(?:再)?(?:下单|采购|续约|续费|复购|签约|补货)|满意|认可|\binterested\b|\bhappy\b/gi,
  ],
]

/** 下单 alone between spaces or commas is the result itself, not a plan. */
const BARE_WON = /(?:^|[\s,，、。;；])(?:下单|成交|签约|签单|续约|续费|复购|won)(?=$|[\s,，、。;；])/i
/** A denial right before a phrase takes its meaning away: 还没已下单 does not exist, 没约好 does. */
const DENIED = /(?:没有?|未|不|别|无|尚未|还没)$/

const CHANNEL_WORDS: readonly (readonly [Channel, RegExp])[] = [
  ['visit', /拜访|上门|见面|面谈|现场|当面|\bvisit(?:ed)?\b|\bmet\b/i],
  ['phone', /电话|通话|打给|回电|没接|未接|打不通|没人接|\bcall(?:ed)?\b|\bphone\b/i],
  ['wechat', /微信|企微|\bwechat\b/i],
  ['email', /邮件|\be?mail\b/i],
  ['message', /短信|钉钉|私信|\bmessage\b/i],
]

interface Hit {
  readonly outcome: Outcome
  readonly at: number
  readonly end: number
}

/**
 * The outcome a line names, or null. When a line names several, the one that weighs most for the business
 * counts: an order over everything, then a refusal over hesitation over interest.
 */
export function outcomeOf(text: string): Outcome | null {
  const hits = longestHits(allHits(text))
  if (BARE_WON.test(text)) return 'won'
  return WEIGHT.find((outcome) => hits.some((hit) => hit.outcome === outcome)) ?? null
}

const WEIGHT: readonly Outcome[] = [
  'won',
  'refused',
  'unhappy',
  'resolved',
  'interested',
  'considering',
  'no-answer',
]

/** A contact with a result 有效跟进; somebody who did not answer was only tried (K7). */
export function isEffective(outcome: Outcome | null): boolean {
  return outcome !== null && outcome !== 'no-answer'
}

export function channelOf(text: string): Channel | null {
  return CHANNEL_WORDS.find(([, words]) => words.test(text))?.[0] ?? null
}

function allHits(text: string): Hit[] {
  return OUTCOME_WORDS.flatMap(([outcome, words]) =>
    [...text.matchAll(words)]
      .filter((match) => !DENIED.test(text.slice(0, match.index)))
      .map((match) => ({ outcome, at: match.index, end: match.index + match[0].length })),
  )
}

/** Drops hits that lie inside a longer one. */
function longestHits(hits: readonly Hit[]): Hit[] {
  return hits.filter(
    (one) =>
      !hits.some(
        (other) =>
          other !== one &&
          other.at <= one.at &&
          other.end >= one.end &&
          other.end - other.at > one.end - one.at,
      ),
  )
}
