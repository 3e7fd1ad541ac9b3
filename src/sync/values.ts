/** Readers of single cells: what people and spreadsheets write → what the database holds. All pure. */

const PLAIN_NUMBER = /^-?\d+(?:\.\d+)?$/
const GROUPED_NUMBER = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/
const LOOSE_NUMBER = /^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?$/
const CURRENCY = /^(?:[¥￥$€£]|RMB|CNY|USD|EUR|GBP|人民币)|(?:元整?|圆|块钱?|RMB|CNY|USD|EUR|GBP)$/gi
const UNITS: Readonly<Record<string, number>> = { 千: 1e3, 万: 1e4, 亿: 1e8 }
const NOT_ASCII = /[^\x20-\x7e]/
const FEN_PER_YUAN = 100
/** One trillion yuan: beyond it a cell is a mistake (an order number, a phone number in the wrong column). */
const MAX_MONEY = 1e12

/** Full-width letters, digits, punctuation and spaces in their ASCII form. */
export function halfWidth(text: string): string {
  if (!NOT_ASCII.test(text)) return text
  return text
    .replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00a0]/g, ' ')
}

/** How exports keep a spreadsheet from rounding long numbers: `="20261122001"`, `'20261122001`. */
const GUARDED = /^(?:="([^"]*)"|'(.+))$/

/** An identifier or code word: trimmed, half-width, without what guards it against spreadsheets. */
export function readKey(text: string): string {
  const key = halfWidth(text).trim()
  const guarded = key.startsWith('=') || key.startsWith("'") ? GUARDED.exec(key) : null
  return guarded?.[1] ?? guarded?.[2] ?? key
}

/** Free text and names: trimmed, full-width digits and letters made half-width, Chinese punctuation kept. */
export function readText(text: string): string {
  if (!NOT_ASCII.test(text)) return text.trim()
  return text
    .replace(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g, (char) =>
      String.fromCharCode(char.charCodeAt(0) - 0xfee0),
    )
    .trim()
}

/** `1,234.50`, `１２`, `1.2万`, `(12.00)`, `-3`, `12-`, `1.5E+3` → number; null when it is none. */
export function readNumber(text: string): number | null {
  if (PLAIN_NUMBER.test(text)) return Number(text)
  return readWrittenNumber(halfWidth(text).replace(/[\s']/g, ''))
}

function readWrittenNumber(text: string): number | null {
  const bracketed = /^\((.+)\)$/.exec(text)
  const signed = bracketed?.[1] ?? text
  const sign = /^[+\-−]|[-−]$/.exec(signed)?.[0]
  const body = sign === undefined ? signed : signed.replace(/^[+\-−]|[-−]$/, '')
  const unit = UNITS[body.slice(-1)]
  const digits = unit === undefined ? body : body.slice(0, -1)
  if (!GROUPED_NUMBER.test(digits) && !LOOSE_NUMBER.test(digits)) return null
  const value = Number(digits.replaceAll(',', '')) * (unit ?? 1)
  if (!Number.isFinite(value)) return null
  const negative = bracketed !== null || (sign !== undefined && sign !== '+')
  return negative ? -value : value
}

/** Money in yuan, with or without a currency sign, → 分. Null when it is no amount or absurdly large. */
export function readMoney(text: string): number | null {
  const yuan = PLAIN_NUMBER.test(text) ? Number(text) : readNumber(withoutCurrency(text))
  if (yuan === null || Math.abs(yuan) > MAX_MONEY) return null
  // Adding 0 turns -0 into 0.
  return Math.round(yuan * FEN_PER_YUAN) + 0
}

function withoutCurrency(text: string): string {
  const plain = halfWidth(text).replace(/\s/g, '')
  const bracketed = /^\((.+)\)$/.exec(plain)
  if (bracketed?.[1] !== undefined) return `(${withoutCurrency(bracketed[1])})`
  const sign = /^[+\-−]/.exec(plain)?.[0] ?? ''
  const bare = plain.slice(sign.length).replace(CURRENCY, '')
  return bare.startsWith('-') && sign !== '' ? plain : sign + bare
}

const YES = new Set(['1', 'true', 'yes', 'y', 'active', '是', '在职', '启用', '有效'])
const NO = new Set(['0', 'false', 'no', 'n', 'inactive', 'left', '否', '离职', '停用', '无效'])

/** 是/否, 在职/离职, yes/no, 1/0 → 1 or 0; null when it is neither. */
export function readFlag(text: string): 0 | 1 | null {
  const word = readKey(text).toLowerCase()
  if (YES.has(word)) return 1
  return NO.has(word) ? 0 : null
}
