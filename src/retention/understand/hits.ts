import { type Clause, clauseAt } from './clauses.ts'

/** A phrase of the lexicon where it stands, with the words of its clause around it. */
export interface Hit {
  readonly at: number
  readonly end: number
  readonly words: string
  readonly before: string
  readonly after: string
  readonly clause: Clause
}

/** Filler between a denial and what it denies: 没有特别不满, 不是很满意, 并没说要投诉. */
const DENIED =
  /(?:没有?|没|不|未|无|别|并非|不是|不算|谈不上|算不上|不至于|没说|没再|没提|避免|以免|免得|防止|not|no|never|n't|without)\s?(?:什么|啥|怎么|很|太|再|特别|非常|那么|这么|明显|出现|表示|表达|提出|说|过|对|任何|有过|有|出过|出|发生过|发生|遇到过|是|因为|要|想|敢|能|肯|人|完全|真正|最终|最后|正式|真的|多大|大|关于|a|any|very|so)*$/
/** 不 and 没 that deny nothing here. */
const NO_DENIAL =
  /(?:差不|说不|恨不|巴不|要不|忍不住|不得不|免不了|少不了|不但|不仅|不光|不止|不只|无论|不管|时不时|动不动|特别|分别|区别|级别|类别|个别|告别|不知|没想到|对不起|来不|不料|不停|不断|不住|无非)$/
const ASKED =
  /(?:是不是|有没有|会不会|要不要|能不能|能否|是否|可不可以|行不行|好不好|什么时候|啥时候|几时|何时|多久|怎么样|为什么|为啥|为何|想不想|愿不愿意|考不考虑|看看是否|确认是否|不知道|不清楚|不确定)[^,。;!?]{0,10}$/
const OUR_QUESTION =
  /(?:问了?|询问|咨询|了解|打听|确认|核实|看看|看)(?:一下|下)?(?:他|她|客户|对方|们)?[^,。;!?]{0,8}(?:是不是|有没有|会不会|要不要|能不能|是否|情况|怎么样|如何|意见|意向|需求)?$/
/** 再低三个点就签, 能保证就续: a condition without its word. */
const BARE_CONDITION =
  /(?:再|能|可以|低|便宜|降|优惠|合适|到位|解决|保证|满足|肯|给|行)[^,。;!?]{0,10}就(?:能|会|可以|马上|立马|直接|肯定|再|多|先|跟我们)*(?:签|下|续|买|定|订|付|打款|合作|采购|拿|上|用|换|考虑)/
const CONDITION =
  /如果|要是|假如|假设|倘若|若(?!干)|只要|除非|万一|前提|一旦|的话|才(?:会|能|考虑|肯|愿意|续|签|买|下)|\bif\b|\bunless\b/
/** The subject is ours or a rival's: what follows says nothing about the customer's mood about us. */
const RIVALS_OWN =
  /(?:别家|同行|竞品|对手|他们家|那家|其他家|隔壁|其他供应商|新供应商)(?:的|家|那边)?[^,。;!?比]{0,4}$/

/** The places where a pattern stands in a text. */
export function hitsOf(pattern: RegExp, text: string, clauses: readonly Clause[]): Hit[] {
  return [...text.matchAll(pattern)].map((match) => {
    const [words] = match
    const end = match.index + words.length
    const clause = clauseAt(clauses, match.index)
    return {
      at: match.index,
      end,
      words,
      before: text.slice(clause.at, match.index),
      after: text.slice(end, Math.max(end, clause.end)),
      clause,
    }
  })
}

/** A denial stands right before the phrase. */
export function isDenied({ before }: Hit): boolean {
  return DENIED.test(before) && !NO_DENIAL.test(before)
}

/** It is asked, not told. */
export function isAsked({ before, after, words }: Hit): boolean {
  // 续不续, 有没有: the word stands twice around a denial.
  const twice = /[不没]$/.test(before) && before.at(-2) === words.at(0)
  if (twice || (/^[不没]/.test(after) && after.at(1) === words.at(0))) return true
  if (/^[不没]/.test(words) && words.length > 1 && before.at(-1) === words.at(1)) return true
  return ASKED.test(before) || /^(?:吗|么|没有?[?]|不[?])/.test(after) || /(.)[不没]\1/u.test(words)
}

/** It hangs on a condition of its clause or of the clause before: 如果便宜点，就下单. */
export function isConditional({ clause, before }: Hit, text: string): boolean {
  const from = Math.max(0, clause.at - 14)
  const lead = text.slice(from, clause.at)
  return (
    CONDITION.test(clause.text) ||
    BARE_CONDITION.test(clause.text) ||
    (/[,]$/.test(lead) &&
      CONDITION.test(lead) &&
      /^(?:就|可以|也|那|他|客户|我们|能|会|考虑|马上|立马|还)/.test(clause.text + before))
  )
}

/** Somebody else's fault or merit: 别家质量差. */
export function isRivals({ before }: Hit): boolean {
  return RIVALS_OWN.test(before) && !/比|被|嫌|说我们/.test(before)
}

/** What we were after, not what came of it: 问了是否满意, 了解质量情况. */
export function isOurQuestion({ before }: Hit): boolean {
  return /(?:是不是|有没有|会不会|要不要|能不能|是否)/.test(before) && OUR_QUESTION.test(before)
}
