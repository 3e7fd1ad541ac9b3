import type { Correction } from '../retention/correct-follow-up.ts'
import type { Understood } from '../retention/understand.ts'
import type { Text } from '../text/index.ts'

/**
 * What 改 changes: 价格 下周五, 有意向, 其实没接电话. A word of a button changes its part alone; an outcome that is only
 * supposed because a cause was named does not. Null: nothing to change was said.
 */
export function readCorrection(words: string, said: Understood, { followUp }: Text): Correction | null {
  const tokens = words.split(/[\s,，、;；。]+/)
  const labels = [...Object.values(followUp.outcomes), ...Object.values(followUp.reasons)]
  const others = tokens
    .filter((one) => !labels.includes(one))
    .join(' ')
    .replace(said.saidDate ?? '', '')
    .trim()
  const supposed = others === '' || said.outcome === 'neutral' ? null : said.outcome
  const outcome = keyOf(followUp.outcomes, tokens) ?? supposed
  const reason = keyOf(followUp.reasons, tokens) ?? said.reason
  const { nextOn, channel, amount } = said
  const found = Object.entries({ outcome, reason, nextOn, channel, amount }).filter(([, one]) => one !== null)
  return found.length === 0 ? null : { ...Object.fromEntries(found), words }
}

/** The id of the first word that is one of these labels. */
function keyOf(labels: Readonly<Record<string, string>>, tokens: readonly string[]): string | null {
  const found = Object.entries(labels).find(([, label]) => tokens.includes(label))
  return found?.[0] ?? null
}
