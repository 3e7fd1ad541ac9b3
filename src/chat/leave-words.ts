import type { Day } from '../model/day.ts'
import { findDates } from '../retention/understand/dates/find-dates.ts'
import type { Now } from '../retention/understand/dates/form.ts'
import { numberOf, SMALL_NUMBER } from '../retention/understand/numbers.ts'

/** What 请假 was said with: `小王 3天 转 小李`, `到周五`, `取消`, `周一起 一周`. */
export interface LeaveWords {
  /** The words that are nothing else: whose leave it is, or a reason. */
  readonly who: string
  readonly deputy: string | null
  readonly cancel: boolean
  /** Away on [from, until); null when no time was said. */
  readonly time: { readonly from: Day; readonly until: Day } | null
}

const DEPUTY =
  /(?:转给?|交给|由|找|给|\bto\b)\s*([^\s\d]\S*?)(?:来?(?:代班|代管|代理|代|顶班|顶|负责))?(?:\s.*)?$/
const CANCEL = /取消|销假|提前回来|回来了?|结束|\b(?:cancel|back)\b/
const LENGTH = new RegExp(
  `(?<![周期拜月-])(${SMALL_NUMBER}|半)\\s*个?(天|工作日|周|星期|礼拜|days?|weeks?)(?![一二三四五六日天末])`,
)
const UNTIL = /(?:到|至|直到|[-~]|\buntil\b|\btill\b)\s*$/
const FILLERS = /到|至|直到|从|起|开始|休假|请假|请|休|的|一共|共|\bfrom\b|\buntil\b|\btill\b/g
const WORKDAYS_A_WEEK = 5

/**
 * Reads the words after 请假. Days are workdays; a date after 到 is the last day away; without a date it begins with
 * the next work time.
 */
export function readLeave(words: string, now: Now & { readonly start: Day }): LeaveWords {
  const plain = words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[,，。;；、!！]/g, ' ')
    .trim()
  const deputy = DEPUTY.exec(plain)
  const spoken = deputy ? plain.slice(0, deputy.index) : plain
  const length = LENGTH.exec(spoken)
  const dated = length ? spoken.replace(length[0], ' ') : spoken
  const mentions = findDates(dated, now)
  const until = mentions.find(({ at }) => UNTIL.test(dated.slice(0, at)))?.day ?? null
  const from = mentions.find((one) => one.day !== null && one.day !== until)?.day ?? null
  const names = mentions.reduce((rest, one) => rest.replace(one.words, ' '), dated)
  return {
    who: names.replace(CANCEL, ' ').replace(FILLERS, ' ').replace(/\s+/g, ' ').trim(),
    deputy: deputy?.[1] ?? null,
    cancel: CANCEL.test(plain),
    time: timeOf({ from, until, days: length && daysOf(length) }, now),
  }
}

/** 半天 counts as a day: pushes come in the morning. */
function daysOf([, count = '', unit = '']: RegExpExecArray): number {
  const number = count === '半' ? 1 : (numberOf(count) ?? 0)
  return /^(?:天|工作日|day)/.test(unit) ? number : number * WORKDAYS_A_WEEK
}

function timeOf(
  said: { readonly from: Day | null; readonly until: Day | null; readonly days: number | null },
  { calendar, start }: Now & { readonly start: Day },
): LeaveWords['time'] {
  if (said.from === null && said.until === null && said.days === null) return null
  const begin = said.from ?? start
  const from = calendar.isWorkday(begin) ? begin : calendar.nextWorkday(begin)
  const last = said.until ?? calendar.addWorkdays(from, Math.max(0, (said.days ?? 1) - 1))
  return { from, until: calendar.nextWorkday(last) }
}
