import { type Day, partsOfDay, startOfMonth } from '../../../model/day.ts'
import { numberOf, SMALL_NUMBER } from '../numbers.ts'
import { type DateForm, form, type Now } from './form.ts'

const UNIT = '(?:个?(工作日|(?<=[个两俩])月|季度|星期|礼拜)|(天|日|周|年))'
/** 3天, 三到五天, 两三天 (the later of a range counts: nobody is disturbed too early). */
const COUNT = `(?:${SMALL_NUMBER}\\s*(?:[-~到至]|或者?)\\s*)?(${SMALL_NUMBER})\\s*`
const SPAN = `(?:(半)(?:个?(月)|(年))|(${SMALL_NUMBER})(个半)月|${COUNT}${UNIT})`
const AFTER = '(?:以后|之后|过后|后(?!天)|内|之内|以内)'
const BEFORE = '(?:以前|之前|前)'
/** 过两天, 再过一周, 隔三天, 缓几天, 晚两天; but 总是晚一周 and 比隔壁晚一周 are complaints. */
const PASSED = '(?:再?过|隔|再等|缓|(?<!都|又|总|总是|老是|比[^,。;!?]{1,6})晚)'

/** Spans of time counted from today: 三天后, 两周以后, 过半个月, 3个工作日内. */
export const SPAN_FORMS: readonly DateForm[] = [
  form('never', `${SPAN}${BEFORE}`, () => null),
  form('never', `(?:最近|近|过去|这|上|前)${SPAN}(?:内|以来)?`, () => null),
  form('never', `(?:了|已|已经|有)${SPAN}(?:多)?(?!${AFTER})`, () => null),
  form('fixed', `${PASSED}(?:个)?${SPAN}(?:${AFTER}|左右)?`, readSpan),
  form('fixed', `${SPAN}(?:左右)?${AFTER}`, readSpan),
  form('fixed', `${SPAN}左右(?=再|给|答|回|联|约|来|下|打)`, readSpan),
]

function readSpan(match: RegExpExecArray, now: Now): Day | null {
  const [, half, halfMonth, , months, andHalf, rangeEnd, longUnit, shortUnit] = match
  const { today } = now
  if (half) return halfMonth ? today + 15 : addMonths(today, 6)
  if (andHalf) return addMonths(today, numberOf(months ?? '') ?? 0) + 15
  // 两三天, 三五天 have no sign between the numbers: the pattern takes the second one as the count.
  const count = numberOf(rangeEnd ?? '') ?? 0
  switch (longUnit ?? shortUnit) {
    case '工作日':
      return now.calendar.addWorkdays(today, Math.min(count, 400))
    case '周':
    case '星期':
    case '礼拜':
      return today + 7 * count
    case '月':
      return addMonths(today, count)
    case '季度':
      return addMonths(today, 3 * count)
    case '年':
      return addMonths(today, 12 * count)
    default:
      return today + count
  }
}

/** The same date `months` later, or that month's last day when it has no such date. */
function addMonths(today: Day, months: number): Day {
  const { date } = partsOfDay(today)
  return Math.min(startOfMonth(today, months) + date - 1, startOfMonth(today, months + 1) - 1)
}
