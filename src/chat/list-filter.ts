import { AppError } from '../errors.ts'
import { BANDS, type Band, bandRank } from '../model/churn.ts'
import type { ScoreListFilter } from '../store/score-list.ts'
import type { Text } from '../text/index.ts'
import { fold } from './fold.ts'

const AT_RISK: readonly Band[] = BANDS.filter((band) => band !== 'none')
const SHOWN_REGIONS = 5
const NEAR: readonly Band[] = BANDS.filter((band) => bandRank(band) >= bandRank('high'))

/**
 * 高 紧急 中 观察 临近流失 数据不足 and a region, in any order.
 * @throws AppError `bad-input` naming the word that is neither.
 */
export function readFilter(words: string, regions: readonly string[], text: Text): ScoreListFilter {
  const bands = new Set<Band>()
  let near = false
  let insufficient = false
  let region: string | null = null
  for (const word of phrasesOf(words, text)) {
    const band = bandNamed(word, text)
    const place = regions.find((one) => one === word) ?? regions.find((one) => one.includes(word))
    if (band) bands.add(band)
    else if (word === fold(text.cards.list.nearChurn)) near = true
    else if (word === fold(text.common.insufficient)) insufficient = true
    else if (place !== undefined) region = place
    else {
      const known = regions.slice(0, SHOWN_REGIONS).join(text.cards.comma)
      const say = text.cards.list.unknownFilter(word, known)
      throw new AppError('bad-input', 'unknown filter word', { say })
    }
  }
  const wanted = bands.size > 0 ? [...bands] : near ? NEAR : AT_RISK
  return { bands: wanted, region, insufficient }
}

/** The words of the filter; phrases with spaces in them (`not enough data`) stay whole. */
function phrasesOf(words: string, text: Text): string[] {
  const folded = fold(words).replace(/风险|客户|的/g, ' ')
  const phrases = [text.cards.list.nearChurn, text.common.insufficient].map(fold)
  const found = phrases.filter((phrase) => folded.includes(phrase))
  const rest = found.reduce((left, phrase) => left.replace(phrase, ' '), folded)
  return [...found, ...rest.split(/[\s,，、]+/).filter((word) => word !== '')]
}

function bandNamed(word: string, text: Text): Band | undefined {
  return BANDS.find((band) => band !== 'none' && (word === band || word === fold(text.common.bands[band])))
}
