import { type Day, dayFromParts, partsOfDay, startOfMonth } from '../../../model/day.ts'
import { numberOf, SMALL_NUMBER } from '../numbers.ts'
import { type DateForm, form, type Now } from './form.ts'

const NUMBER = `(${SMALL_NUMBER})`
/** What follows a figure that is no day: a building, a batch, a quantity, a discount. */
const NOT_COUNTED =
  '(?!\\s*(?:[\\d%]|\\.\\d|万|千|百|元|块|毛|折|箱|件|台|吨|寸|个|米|家|人|点|成|款|w\\b|k\\b|版|倍|升|斤|公斤|kg|cm|mm|号楼))'
/** 5号楼, 3号线, 2号机 are no days. */
const NOT_A_PLACE = '(?!楼|线|机|店|仓|库|门|厂|车|院|铺|房|馆|桌|会议室|样|产品|料|色)'
const BEFORE_DATE = '(?<=^|[\\s,。;:(约到于在是定成为等至])'
const AFTER_DATE =
  '(?=\\s*(?:$|[,。;)]|再|约|前|后|之|以|见|来|联|给|打|去|回|上午|下午|早|晚|左右|开|拜|跟|号|日|上门|过|左|付|签|下单|发))'

/** Single days: 明天, 12月5号, 12-05, 12.5, 5号. */
export const DAY_FORMS: readonly DateForm[] = [
  form('fixed', '(\\d{4})[-/.年](\\d{1,2})[-/.月](\\d{1,2})(?!\\d)[日号]?', yearMonthDate),
  form('fixed', '(?<!\\d)(20\\d{2})([01]\\d)([0-3]\\d)(?!\\d)', yearMonthDate),
  form('fixed', '(?<!\\d)(2\\d)年(\\d{1,2})月(\\d{1,2})[日号]?', yearMonthDate),
  form('fixed', `明年${NUMBER}月${NUMBER}[日号]?(?![\\d月])`, ({ 1: month, 2: date }, { today }) =>
    dayFromParts(partsOfDay(today).year + 1, number(month), number(date)),
  ),
  form('fixed', `(?<!\\d)${NUMBER}月(?:份)?${NUMBER}[日号]?(?![\\d月个周天])`, monthDate),
  form('fixed', `(?<![\\d.¥$量率占比数-])(\\d{1,2})[-/](\\d{1,2})(?![-/])${NOT_COUNTED}`, plausibleMonthDate),
  form('fixed', `${BEFORE_DATE}(\\d{1,2})\\.(\\d{1,2})(?!\\.)${NOT_COUNTED}`, plausibleMonthDate),
  form(
    'fixed',
    `(?<![\\d.¥$价额])(\\d{1,2})\\.(\\d{1,2})(?!\\.)${NOT_COUNTED}${AFTER_DATE}`,
    plausibleMonthDate,
  ),
  form('never', '昨[天日晚早]|前天|上上?次|前几天|前段时间|上回|那天', () => null),
  form('never', `(?:去|前)年(?:${SMALL_NUMBER}月份?(?:${SMALL_NUMBER}[日号])?)?[底初末]?`, () => null),
  form('fixed', '大后[天日]', (_, { today }) => today + 3),
  form('fixed', '明后[天两]天?', (_, { today }) => today + 1),
  form('fixed', '后[天日](?!台)', (_, { today }) => today + 2),
  form('fixed', '明[天日早晚儿]|明(?:上午|下午)|隔天|听[日朝](?!本)', (_, { today }) => today + 1),
  // 没接 明再打
  form('fixed', '(?<=^|[\\s,。;])明(?=再?[打去约拨])', (_, { today }) => today + 1),
  form(
    'today',
    '今[天日晚早儿]|今(?:上午|下午)|当天|待会儿?|稍后|一会儿?|晚点儿?|晚些时候',
    (_, { today }) => today,
  ),
  form('never', `(?:上个?月|每个?月)${NUMBER}[日号]`, () => null),
  form('rolling', `(?<![\\d月第])${NUMBER}[日号]${NOT_A_PLACE}`, comingDate),
]

function yearMonthDate({ 1: year, 2: month, 3: date }: RegExpExecArray): Day | null {
  const short = Number(year)
  return dayFromParts(short < 100 ? 2000 + short : short, Number(month), Number(date))
}

/** Month and date without a year: this year's, or next year's when this year's lies more than half a year back. */
function monthDate({ 1: month, 2: date }: RegExpExecArray, { today }: Now): Day | null {
  const { year } = partsOfDay(today)
  const here = dayFromParts(year, number(month), number(date))
  return here !== null && here < today - 183 ? dayFromParts(year + 1, number(month), number(date)) : here
}

/** 12-05, 12/5, 12.5. Figures that can be no month and day are a price, a ratio or a size. */
function plausibleMonthDate(match: RegExpExecArray, now: Now): Day | null | undefined {
  const [month, date] = [Number(match[1]), Number(match[2])]
  return month >= 1 && month <= 12 && date >= 1 && date <= 31 ? monthDate(match, now) : undefined
}

function comingDate({ 1: date }: RegExpExecArray, { today }: Now): Day | null {
  const here = dateIn(startOfMonth(today), number(date))
  return here !== null && here > today ? here : dateIn(startOfMonth(today, 1), number(date))
}

/** The date in the month that begins on `monthStart`, or null when it has none. */
export function dateIn(monthStart: Day, date: number): Day | null {
  const { year, month } = partsOfDay(monthStart)
  return dayFromParts(year, month, date)
}

function number(words: string | undefined): number {
  return numberOf(words ?? '') ?? 0
}
