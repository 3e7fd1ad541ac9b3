import type { WhatIf } from '../model/what-if.ts'
import type { Text } from '../text/index.ts'

/** 若本周下单，会降到「观察」. */
export function whatIfSentence({ kind, days, band }: WhatIf, text: Text): string {
  const words = text.cards.whatIf
  const name = text.common.bands[band]
  return days === null ? words.falls(words.things[kind], name) : words.rises(days, words.things[kind], name)
}
