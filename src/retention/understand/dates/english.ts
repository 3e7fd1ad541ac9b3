import { type Day, dayFromParts, partsOfDay, startOfMonth } from '../../../model/day.ts'
import { type DateForm, form, type Now, workdayFrom, workdayUntil } from './form.ts'

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const WEEKDAY = '(mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|rs|rsday|urday)?\\b'
const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?'
const NUMBERS: Readonly<Record<string, number>> = { a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5 }
const COUNT = '(\\d{1,3}|an?|one|two|three|four|five)'

/** English dates, as they stand between Chinese words (下次 follow up next Wed) or for `--locale en`. */
export const ENGLISH_FORMS: readonly DateForm[] = [
  form(
    'never',
    `\\blast (?:week|month|year|${WEEKDAY})|\\byesterday\\b|\\b\\w+ (?:days?|weeks?|months?) ago\\b`,
    () => null,
  ),
  form('fixed', '\\bday after tomorrow\\b', (_, { today }) => today + 2),
  form('fixed', '\\b(?:tomorrow|tmrw?|tmr)\\b', (_, { today }) => today + 1),
  form('fixed', `\\bin ${COUNT} (day|week|month)s?\\b`, inSpan),
  form('fixed', `\\b${COUNT} (day|week|month)s? later\\b`, inSpan),
  form('fixed', `\\bnext ${WEEKDAY}`, ({ 1: name }, { today }) => weekday(today, name) + 7),
  form('fixed', `\\bthis ${WEEKDAY}`, ({ 1: name }, { today }) => weekday(today, name)),
  form('fixed', '\\bnext week\\b', (_, now) => workdayFrom(weekday(now.today, 'mon') + 7, now)),
  form('fixed', '\\bnext month\\b', (_, now) => workdayFrom(startOfMonth(now.today, 1), now)),
  form('fixed', '\\b(?:end of (?:the |this )?month|month[- ]end|eom)\\b', (_, now) =>
    workdayUntil(startOfMonth(now.today, 1) - 1, now),
  ),
  form('fixed', `\\b${MONTH} ?(\\d{1,2})(?:st|nd|rd|th)?\\b`, ({ 1: name, 2: date }, now) =>
    onDate(name, date, now),
  ),
  form('fixed', `\\b(\\d{1,2})(?:st|nd|rd|th)? ${MONTH}\\b`, ({ 1: date, 2: name }, now) =>
    onDate(name, date, now),
  ),
  form('rolling', `\\b${WEEKDAY}`, ({ 1: name }, { today }) => {
    const day = weekday(today, name)
    return day > today ? day : day + 7
  }),
  form('today', '\\btoday\\b', (_, { today }) => today),
]

function weekday(today: Day, name: string | undefined): Day {
  return today - partsOfDay(today).weekday + 1 + WEEKDAYS.indexOf(name ?? '')
}

function inSpan({ 1: count = '', 2: unit }: RegExpExecArray, { today }: Now): Day {
  const n = NUMBERS[count] ?? Number(count)
  if (unit === 'day') return today + n
  if (unit === 'week') return today + 7 * n
  const { date } = partsOfDay(today)
  return Math.min(startOfMonth(today, n) + date - 1, startOfMonth(today, n + 1) - 1)
}

function onDate(name: string | undefined, date: string | undefined, { today }: Now): Day | null {
  const { year } = partsOfDay(today)
  const month = MONTHS.indexOf(name ?? '') + 1
  const here = dayFromParts(year, month, Number(date))
  return here !== null && here < today - 183 ? dayFromParts(year + 1, month, Number(date)) : here
}
