import chineseDays from 'chinese-days'
import { type Day, dayFromParts, isoFromDay, partsOfDay } from '../../../model/day.ts'
import { numberOf, SMALL_NUMBER } from '../numbers.ts'
import { type DateForm, form, type Now } from './form.ts'

/** Days off a festival has by law when the year's calendar is not published yet: from `before` days ahead. */
interface Festival {
  readonly month: number
  readonly date: number
  readonly lunar?: true
  readonly before?: number
  readonly days: number
}

/** Fixed by 全国年节及纪念日放假办法 (2025) with the usual bridging; 0 days: nobody is off. */
const FESTIVALS: Readonly<Record<string, Festival>> = {
  元旦: { month: 1, date: 1, days: 1 },
  春节: { month: 1, date: 1, lunar: true, before: 1, days: 8 },
  清明: { month: 4, date: 5, days: 1 },
  五一: { month: 5, date: 1, days: 5 },
  端午: { month: 5, date: 5, lunar: true, days: 1 },
  中秋: { month: 8, date: 15, lunar: true, days: 1 },
  国庆: { month: 10, date: 1, days: 7 },
  元宵: { month: 1, date: 15, lunar: true, days: 0 },
  圣诞: { month: 12, date: 25, days: 0 },
  双十一: { month: 11, date: 11, days: 0 },
  双十二: { month: 12, date: 12, days: 0 },
  六一八: { month: 6, date: 18, days: 0 },
}
const SAME: Readonly<Record<string, string>> = {
  年: '春节',
  新年: '元旦',
  劳动节: '五一',
  十一: '国庆',
  双11: '双十一',
  双12: '双十二',
  '618': '六一八',
}
const NAMES = `(元旦|新年|春节|清明|五一|劳动节|端午|中秋|国庆|十一(?!月)|元宵|圣诞|双十[一二]|双1[12]|618)(?:节)?(?:小长假|长假|假期|黄金周|放假|活动|大促)?`
const AFTER = '(?:过完|过去|结束|完)?(?:了)?(?:以后|之后|过后|后|回来|完|收假|结束)'
const NTH = `(?:的)?(?:(?:开工|上班|复工|开门)?(?:的)?第(${SMALL_NUMBER})(?:个工作日|天|个?(周|星期|礼拜))|上班|开工|复工|那周)?`

/** 春节后, 节前, 年后, 过完元旦, 国庆后上班第一天: workdays around the public holidays. */
export const FESTIVAL_FORMS: readonly DateForm[] = [
  form('fixed', `${NAMES}${AFTER}${NTH}`, ({ 1: name, 2: nth, 3: unit }, now) =>
    workdayAfter(holidayOf(name, now), now, nth, unit),
  ),
  form('fixed', `(?:过完|过了|等|放完)(?:这个)?${NAMES}${NTH}`, ({ 1: name, 2: nth, 3: unit }, now) =>
    workdayAfter(holidayOf(name, now), now, nth, unit),
  ),
  form('fixed', `${NAMES}(?:之前|以前|前)`, ({ 1: name }, now) => workdayBefore(holidayOf(name, now), now)),
  form(
    'fixed',
    `(?:过完|过了)年(?:以后|之后|后)?${NTH}|(?<![\\d一二两三四五六七八九十半多几去今明后同每成青少])(?:过年|年)(?:以后|之后|后)${NTH}|过年回来`,
    ({ 1: first, 2: firstUnit, 3: nth, 4: unit }, now) =>
      workdayAfter(holidayOf('年', now), now, first ?? nth, firstUnit ?? unit),
  ),
  form(
    'fixed',
    '(?<![\\d一二两三四五六七八九十半多几去今明后同每])(?:过年|年)(?:之前|以前|前)|(?<![\\d一二两三四五六七八九十半多几])年内',
    (match, now) => (match[0] === '年内' ? yearEnd(now) : workdayBefore(holidayOf('年', now), now)),
  ),
  form(
    'fixed',
    `(?<![季环细情时春秋午旦宵明诞庆])(?:过完?)?节(?:日)?(?:过完|过)?(?:以后|之后|后)${NTH}|过完节${NTH}|(?:小长假|长假|假期|放假|放完假)(?:回来|结束|之?后|以后)?${NTH}(?<!放假|假期|长假)`,
    ({ 1: a, 2: au, 3: b, 4: bu, 5: c, 6: cu }, now) =>
      workdayAfter(nextHoliday(now), now, a ?? b ?? c, au ?? bu ?? cu),
  ),
  form('fixed', '(?<![季环细情时春秋午旦宵明诞庆])(?:过节|节日?)(?:之前|以前|前)|放假前', (_, now) =>
    workdayBefore(nextHoliday(now), now),
  ),
]

/** Days off, both included. */
interface DaysOff {
  readonly first: Day
  readonly last: Day
}

/** The next time a festival is not over yet. */
function holidayOf(word: string | undefined, { today, calendar }: Now): DaysOff {
  const name = SAME[word ?? ''] ?? word ?? ''
  const festival = FESTIVALS[name] ?? { month: 1, date: 1, days: 1 }
  for (let day = today - 10; ; day++) {
    if (!isFestival(day, festival)) continue
    const found = daysOff(day, festival, calendar)
    if (found.last >= today) return found
  }
}

/** Published days off around the festival; without a published calendar those of the law. */
function daysOff(day: Day, festival: Festival, calendar: Now['calendar']): DaysOff {
  if (festival.days === 0) return { first: day, last: day }
  if (calendar.holidayName(day) !== null) {
    let [first, last] = [day, day]
    while (calendar.holidayName(first - 1) !== null) first--
    while (calendar.holidayName(last + 1) !== null) last++
    return { first, last }
  }
  const first = day - (festival.before ?? 0)
  return { first, last: first + festival.days - 1 }
}

/** The public holiday that goes on or comes next. */
function nextHoliday(now: Now): DaysOff {
  const names = Object.entries(FESTIVALS).filter(([, { days }]) => days > 0)
  const all = names.map(([name]) => holidayOf(name, now))
  return all.reduce((a, b) => (b.first < a.first ? b : a))
}

/** Month and date of the lunar calendar; leap months have no festivals. ICU's calendar is a day off in 2027. */
const lunarDates = new Map<Day, string>()

function lunarDate(day: Day): string {
  const known = lunarDates.get(day)
  if (known !== undefined) return known
  const { lunarMon, lunarDay, isLeap } = chineseDays.getLunarDate(isoFromDay(day))
  const read = isLeap ? '' : `${lunarMon}/${lunarDay}`
  lunarDates.set(day, read)
  return read
}

function isFestival(day: Day, { month, date, lunar }: Festival): boolean {
  if (lunar) return lunarDate(day) === `${month}/${date}`
  const { year } = partsOfDay(day)
  return day === dayFromParts(year, month, date)
}

/** The nth workday after the days off; `第二周` is a week later. */
function workdayAfter({ last }: DaysOff, { calendar }: Now, nth?: string, unit?: string): Day {
  const first = calendar.nextWorkday(last)
  const steps = Math.min(numberOf(nth ?? '') ?? 1, 60) - 1
  return unit ? first + 7 * steps : calendar.addWorkdays(first, steps)
}

function workdayBefore({ first }: DaysOff, { today, calendar }: Now): Day {
  let day = first - 1
  while (!calendar.isWorkday(day) && day > today) day--
  return day
}

function yearEnd({ today }: Now): Day {
  return dayFromParts(partsOfDay(today).year, 12, 31) ?? today
}
