import { factOf } from '../../model/fact-kinds.ts'
import { decayed, excerpt } from '../decay.ts'
import type { Signal } from '../signal.ts'

const POINTS = 14
const EACH_FURTHER_WORD = 4
const MOST = 26
const HALF_LIFE_DAYS = 45
/** Right before a word these turn it around: 没有不满, 不再投诉, 未延误. */
const NEGATIONS = ['没有', '没', '无', '未', '不再', '不会', '不', '不是', 'not ', 'no ']
const QUOTE_BEFORE = 6

/** Negative words (A45) in what was said or noted, by the lexicon in the settings; the passage is quoted. */
export const negativeWords: Signal = {
  id: 'negative-words',
  family: 'voice',
  evaluate({ spoken, asOf }, { negativeWords: words, signals }) {
    if (words === null || words.length === 0) return null
    for (const { text, day, id, table } of spoken) {
      if (asOf - day > signals.complaintDays) continue
      const found = words.filter((word) => said(text, word))
      const [first] = found
      if (first === undefined) continue
      const points = Math.min(MOST, POINTS + EACH_FURTHER_WORD * (found.length - 1))
      const quote = excerpt(text.slice(Math.max(0, text.indexOf(first) - QUOTE_BEFORE)))
      return {
        signal: 'negative-words',
        points: decayed(points, asOf - day, HALF_LIFE_DAYS),
        facts: [factOf('negative-words', day, { words: found.join('、'), quote }, { table, id })],
      }
    }
    return null
  },
}

/** True when the word stands in the text at least once without a negation right before it. */
function said(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const before = text.slice(0, at)
    if (!NEGATIONS.some((negation) => before.endsWith(negation))) return true
  }
  return false
}
