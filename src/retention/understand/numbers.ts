const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  俩: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
}
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1_000, 万: 10_000, 亿: 100_000_000 }

/** A whole number below 100 as it is written in a text, for patterns: 3, 12, 三, 十五, 二十. */
export const SMALL_NUMBER =
  '(?:\\d{1,3}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两俩三四五六七八九])'

/** 3, 三, 十五, 两百三十, 一百二十万 → number; null for words that are none. */
export function numberOf(words: string): number | null {
  if (/^\d+(?:\.\d+)?$/.test(words)) return Number(words)
  if (words === '') return null
  let [total, section, digit] = [0, 0, 0]
  let lastUnit = 1
  for (const sign of words) {
    const unit = UNITS[sign]
    const value = DIGITS[sign]
    if (value !== undefined) {
      digit = value
      if (value === 0) lastUnit = 1
    } else if (unit === undefined) return null
    else if (unit >= 10_000) {
      total = (total + section + digit) * unit
      ;[section, digit, lastUnit] = [0, 0, unit]
    } else {
      section += (digit === 0 ? 1 : digit) * unit
      ;[digit, lastUnit] = [0, unit]
    }
  }
  // 三万八 is 38 000, 一百二 is 120: a digit after a unit counts in tenths of it.
  return total + section + (lastUnit >= 100 ? digit * (lastUnit / 10) : digit)
}
