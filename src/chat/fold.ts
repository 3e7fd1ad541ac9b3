/** Traditional forms of the characters that command words are made of. */
const SIMPLIFIED: Readonly<Record<string, string>> = {
  幫: '帮',
  戶: '户',
  為: '为',
  爲: '为',
  麼: '么',
  麽: '么',
  層: '层',
  進: '进',
  單: '单',
  銷: '销',
  綁: '绑',
  級: '级',
  記: '记',
  錄: '录',
  訪: '访',
  門: '门',
  歷: '历',
  風: '风',
  險: '险',
  緊: '紧',
  據: '据',
  數: '数',
  臨: '临',
}
const FULL_WIDTH = /[！-～]/g
const FULL_WIDTH_OFFSET = 0xfee0
const INVISIBLE = /[\u200b-\u200f\u2060\ufeff]/g
/** A text with a control character other than these is no command. */
const LINE_BREAKS_AND_TABS = /[\t\r\n]/g

/**
 * Full-width forms as ASCII, traditional command characters as simplified, letters in lower case. Every
 * character stays one character, so that positions in the result are positions in `text`.
 */
export function fold(text: string): string {
  return halfWidth(text)
    .replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    .replace(/[\u4e00-\u9fff]/g, (sign) => SIMPLIFIED[sign] ?? sign)
}

/** Full-width letters, digits, signs and the ideographic space as ASCII, one character each. */
export function halfWidth(text: string): string {
  return text
    .replace(FULL_WIDTH, (sign) => String.fromCharCode(sign.charCodeAt(0) - FULL_WIDTH_OFFSET))
    .replaceAll('\u3000', ' ')
}

/** `text` without the invisible characters platforms add, trimmed; null when it holds control characters. */
export function cleaned(text: string): string | null {
  const visible = text.replace(INVISIBLE, '').trim()
  return /\p{Cc}/u.test(visible.replace(LINE_BREAKS_AND_TABS, '')) ? null : visible
}
