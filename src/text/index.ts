import { en } from './en/index.ts'
import { zhCN } from './zh-CN/index.ts'

/** Every word a person reads, by room. Chinese is the original; English has the same shape (checked by types). */
export type Text = typeof zhCN
export type Locale = 'zh-CN' | 'en'

const CATALOGUES: Record<Locale, Text> = { 'zh-CN': zhCN, en }

export function textFor(locale: Locale): Text {
  return CATALOGUES[locale]
}
