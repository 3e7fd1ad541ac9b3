import { type Day, dayFromParts, partsOfDay, startOfMonth } from '../../../model/day.ts'
import { numberOf, SMALL_NUMBER } from '../numbers.ts'
import { dateIn } from './days.ts'
import { type DateForm, form, type Now, workdayFrom, workdayUntil } from './form.ts'

const PART = '(初|头|上旬|中旬|中|下旬|底|末|尾)?'
const NUMBER = `(${SMALL_NUMBER})`
const NOT_A_MONTH = '(?![饼份销结度均租供薪卡款台底初中末])'
const QUARTER = '(?:第?([一二三四1-4])个?季度|q([1-4])(?![\\da-z]))'

/** Months and their parts, quarters and years. Words that leave the day open mean a workday. */
export const MONTH_FORMS: readonly DateForm[] = [
  form('never', `(?:上+个?月|每个?月|每年|历年)${PART}`, () => null),
  form('fixed', `(下+)个?月${NUMBER}[日号]?(?!个|\\d)`, ({ 1: nexts = '', 2: date }, { today }) =>
    dateIn(startOfMonth(today, nexts.length), number(date)),
  ),
  form('fixed', `(下+|次)个?月份?${PART}`, ({ 1: nexts = '', 2: part }, now) =>
    partOf(startOfMonth(now.today, nexts.length), part, now),
  ),
  form('fixed', `明年(?:的)?${NUMBER}月份?${PART}`, ({ 1: month, 2: part }, now) => {
    const start = dayFromParts(partsOfDay(now.today).year + 1, number(month), 1)
    return start === null ? null : partOf(start, part, now)
  }),
  form('fixed', `(?:今年|(?<![\\d个半]))(?![两俩])${NUMBER}月份?${PART}${NOT_A_MONTH}`, comingMonth),
  form('fixed', `(?:这个?|本|当)月${NUMBER}[日号]`, ({ 1: date }, { today }) =>
    dateIn(startOfMonth(today), number(date)),
  ),
  form('rolling', `(?:这个?|本|当)?月(底|末|尾|初|头|中)(?!级|端)`, (match, now) =>
    comingPart(match[1], now),
  ),
  form('rolling', '(?:这个?|本)?(?:月)?([上中下]旬)', (match, now) => comingPart(match[1], now)),
  form('fixed', '(?:明年|来年)年?初|年初|开年', (_, now) => workdayFrom(yearStart(now, 1), now)),
  form('fixed', '明年年?(?:底|末|尾)', (_, now) => workdayUntil(yearStart(now, 2) - 1, now)),
  form('fixed', '(?<!明|去|后|每)年(?:底|末|尾)', (_, now) => workdayUntil(yearStart(now, 1) - 1, now)),
  form('fixed', `(明年)?${QUARTER}`, comingQuarter),
  form('fixed', '下个?季度', (_, now) => {
    const { month } = partsOfDay(now.today)
    return workdayFrom(startOfMonth(now.today, 3 - ((month - 1) % 3)), now)
  }),
  form('fixed', '明年下半年', (_, now) => workdayFrom(startOfMonth(yearStart(now, 1), 6), now)),
  form('fixed', '明年(?!度)|来年', (_, now) => workdayFrom(yearStart(now, 1), now)),
  form('fixed', '后年', (_, now) => workdayFrom(yearStart(now, 2), now)),
]

/** A part of the month that begins on `start`. */
function partOf(start: Day, part: string | undefined, now: Now): Day {
  switch (part) {
    case '中':
    case '中旬':
      return workdayFrom(start + 14, now)
    case '下旬':
      return workdayFrom(start + 20, now)
    case '底':
    case '末':
    case '尾':
      return workdayUntil(startOfMonth(start, 1) - 1, now)
    default:
      return workdayFrom(start, now)
  }
}

/** This month's part when it is still to come, else next month's. */
function comingPart(part: string | undefined, now: Now): Day {
  const here = partOf(startOfMonth(now.today), part, now)
  return here > now.today ? here : partOf(startOfMonth(now.today, 1), part, now)
}

/** 3月, 12月中旬: the next one to come. Undefined when the figure can be no month (30月). */
function comingMonth({ 1: month, 2: part }: RegExpExecArray, now: Now): Day | undefined {
  const { year } = partsOfDay(now.today)
  for (const candidate of [year, year + 1]) {
    const start = dayFromParts(candidate, number(month), 1)
    if (start === null) return undefined
    const day = partOf(start, part, now)
    if (part === undefined && startOfMonth(now.today) === start) return workdayFrom(now.today + 1, now)
    // A month that ended lately is the one that was: 10月底到的货.
    if (day > now.today - 183) return day
  }
  return undefined
}

function comingQuarter({ 1: nextYear, 2: words, 3: digit }: RegExpExecArray, now: Now): Day {
  const months = 3 * ((numberOf(words ?? digit ?? '') ?? 1) - 1)
  const here = startOfMonth(yearStart(now, nextYear ? 1 : 0), months)
  return workdayFrom(here > now.today ? here : startOfMonth(here, 12), now)
}

/** 1 January, `years` after this one's. */
function yearStart({ today }: Now, years: number): Day {
  return startOfMonth(today, 12 * years - partsOfDay(today).month + 1)
}

function number(words: string | undefined): number {
  return numberOf(words ?? '') ?? 0
}
