import { type Day, partsOfDay } from '../../../model/day.ts'
import { type DateForm, form, type Now, workdayFrom } from './form.ts'

const WEEK = '(?:周|星期|礼拜)'
const WEEKDAY = `${WEEK}([一二三四五六日天末]|[1-7](?!\\d))(?![个次月年])`
const NOT_A_DAY = '(?![一二三四五六日天末\\d边围])'
const INDEX: Readonly<Record<string, number>> = {
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  日: 7,
  天: 7,
  末: 6,
  初: 1,
  头: 1,
  中: 3,
  内: 5,
  底: 5,
  尾: 5,
}

/** Weeks begin on Monday: on Sunday 2026-11-22, 下周三 is 11-25. A bare weekday is the next one to come. */
export const WEEK_FORMS: readonly DateForm[] = [
  form('never', `(?:上+个?|每个?|逢)${WEEK}[一二三四五六日天末初内底]?`, () => null),
  form('fixed', `(下+)个?${WEEKDAY}`, ({ 1: nexts = '', 2: word }, now) =>
    weekdayOf(now.today, word, nexts.length),
  ),
  form('fixed', `(下+)个?${WEEK}([初头中内底尾])`, ({ 1: nexts = '', 2: word }, now) =>
    workdayFrom(weekdayOf(now.today, word, nexts.length), now),
  ),
  form('fixed', `(下+)个?${WEEK}${NOT_A_DAY}`, ({ 1: nexts = '' }, now) =>
    workdayFrom(weekdayOf(now.today, '一', nexts.length), now),
  ),
  form('fixed', `(?:这|本)个?${WEEKDAY}`, ({ 1: word }, now) =>
    word === '末' ? coming(now.today, word) : weekdayOf(now.today, word, 0),
  ),
  form('fixed', `(?:这|本)个?${WEEK}(?:之)?内`, (_, now) => endOfWeek(now)),
  form('rolling', WEEKDAY, ({ 1: word }, now) => coming(now.today, word)),
  form('fixed', '周内', (_, now) => endOfWeek(now)),
]

function weekdayOf(today: Day, word: string | undefined, weeks: number): Day {
  const monday = today - partsOfDay(today).weekday + 1
  const index = INDEX[word ?? ''] ?? Number(word)
  return monday + 7 * weeks + index - 1
}

function coming(today: Day, word: string | undefined): Day {
  const day = weekdayOf(today, word, 0)
  return day > today ? day : day + 7
}

/** Friday, or today when the week's Friday is over. */
function endOfWeek({ today }: Now): Day {
  return Math.max(today, weekdayOf(today, '五', 0))
}
