import type { Day } from '../../../model/day.ts'
import { DAY_FORMS } from './days.ts'
import { ENGLISH_FORMS } from './english.ts'
import { FESTIVAL_FORMS } from './festivals.ts'
import type { DateForm, DateKind, Now } from './form.ts'
import { MONTH_FORMS } from './months.ts'
import { SPAN_FORMS } from './spans.ts'
import { WEEK_FORMS } from './weeks.ts'

/** A date where it stands in a text. */
export interface DateMention {
  readonly at: number
  readonly end: number
  readonly words: string
  readonly kind: DateKind
  /** Null when there is no such day. */
  readonly day: Day | null
}

/** In order of precedence: a place in the text belongs to the first form that fits there. */
const FORMS: readonly DateForm[] = [
  ...FESTIVAL_FORMS,
  ...SPAN_FORMS,
  ...WEEK_FORMS,
  ...DAY_FORMS,
  ...MONTH_FORMS,
  ...ENGLISH_FORMS,
]

/** Every date said in a normalised text, in the order of the text, each place read once. */
export function findDates(text: string, now: Now): DateMention[] {
  const found: DateMention[] = []
  for (const { pattern, kind, read } of FORMS) {
    for (const match of text.matchAll(pattern)) {
      const [words] = match
      const [at, end] = [match.index, match.index + words.length]
      if (words === '' || found.some((one) => at < one.end && one.at < end)) continue
      const day = read(match, now)
      if (day !== undefined) found.push({ at, end, words, kind, day })
    }
  }
  return found.sort((a, b) => a.at - b.at)
}
