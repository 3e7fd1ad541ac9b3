import { numberOf } from './numbers.ts'

const FIGURE = '(\\d+(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?|[一二两三四五六七八九十百千万零〇]{1,12})'
const MONEY = new RegExp(
  `(?:(¥|￥|rmb|cny)\\s?)?${FIGURE}\\s?(亿|千万|百万|万|w(?![a-z])|千|k(?![a-z])|百)?(\\d(?!\\d))?\\s?(元|块钱|块|rmb|人民币|大洋)?`,
  'g',
)
const SCALE: Readonly<Record<string, number>> = {
  亿: 100_000_000,
  千万: 10_000_000,
  百万: 1_000_000,
  万: 10_000,
  w: 10_000,
  千: 1_000,
  k: 1_000,
  百: 100,
}
/** A figure with one of these behind it counts goods, people or time. */
const OTHER_UNIT =
  /^\s?(?:箱|台|件|套|吨|个|人|天|年|月|周|号|日|点|次|家|批|桶|米|%|折|成|斤|公斤|kg|平|辆|瓶|袋|席|座|号|楼|小时|分钟|单|位|双|张|盒|支|片|枚|份|条|颗|粒|本)/
const LARGEST_FEN = 1e15

/** The money of an order in 分, or null; goods, days and prices per piece are no money. */
export function amountOf(text: string): number | null {
  const sums = [...text.matchAll(MONEY)].flatMap((match) => {
    const yuan = yuanOf(match)
    const rest = text.slice(match.index + match[0].length)
    const before = text.slice(Math.max(0, match.index - 4), match.index)
    if (yuan === null || OTHER_UNIT.test(rest) || /单价|每[件台箱吨个套]/.test(before)) return []
    return [Math.round(yuan * 100)]
  })
  return sums.find((fen) => fen > 0 && fen < LARGEST_FEN) ?? null
}

function yuanOf([, sign, figure = '', scale, tail, unit]: RegExpExecArray): number | null {
  // A bare figure may count anything; money has a sign, a unit or a scale (5万).
  if (sign === undefined && unit === undefined && scale === undefined && !/[万千百]/.test(figure)) return null
  const value = numberOf(figure.replaceAll(',', ''))
  if (value === null) return null
  const factor = SCALE[scale ?? ''] ?? 1
  return value * factor + (tail === undefined ? 0 : Number(tail) * (factor / 10))
}
