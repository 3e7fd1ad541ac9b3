import type { Card } from '../model/card.ts'
import type { Day } from '../model/day.ts'
import type { GroupDip } from '../model/group-dip.ts'
import type { Text } from '../text/index.ts'
import { type FeedProblem, feedProblemLine } from './admin-notice.ts'
import { clip, fitCard } from './fit-card.ts'

/** What may have made a group fall together, as far as the bot knows it. */
export type DipCause =
  | { readonly kind: 'competitor'; readonly name: string; readonly from: Day; readonly to: Day }
  | { readonly kind: 'holiday'; readonly name: string; readonly from: Day; readonly to: Day }
  | { readonly kind: 'feed'; readonly problem: FeedProblem }

export interface DipInput extends GroupDip {
  /** Names of the customers that wait, the most valuable first. */
  readonly names: readonly string[]
  /** Of these the ones of tier A. */
  readonly top: readonly string[]
  readonly causes: readonly DipCause[]
  /** What 先不推 would wait for. */
  readonly longer: Day
}

const TOP = 5
const NAMES = 3
const CAUSES = 3
const NAME_CHARS = 12

/** One message instead of many: who fell together, against what is usual, why perhaps, and what to do with their alerts. */
export function groupDipCard(dip: DipInput, text: Text): Card {
  const words = text.noise.dips
  const group = words.group(words.kinds[dip.kind], clip(dip.name, 16))
  const expected = expectedOf(dip.expected)
  const ours = dip.customers.length
  const payload = { dip: dip.id }
  return fitCard({
    summary: words.summary(ours, group, expected),
    title: words.title(ours, group),
    tone: 'warning',
    facts: [
      words.usual(dip.size, expected),
      ...(ours < dip.size ? [words.ours(ours)] : []),
      ...causeLines(dip.causes, text),
      dip.top.length > 0
        ? words.top(joinedNames(dip.top.slice(0, TOP), text))
        : words.names(joinedNames(dip.names.slice(0, NAMES), text), ours - Math.min(NAMES, dip.names.length)),
    ],
    notes: [words.held(text.common.day(dip.until))],
    actions: [
      {
        action: 'group-dip',
        label: words.release,
        style: 'primary',
        payload: { ...payload, do: 'release' },
      },
      {
        action: 'group-dip',
        label: words.hold(text.common.date(dip.longer)),
        payload: { ...payload, do: 'hold', until: dip.longer },
      },
    ],
  })
}

/** 2.1 below ten, 14 above: the reader compares, nobody calculates. */
export function expectedOf(expected: number): string {
  return expected < 10 ? expected.toFixed(1) : String(Math.round(expected))
}

function causeLines(causes: readonly DipCause[], text: Text): string[] {
  const words = text.noise.dips
  if (causes.length === 0) return [words.noCause]
  return causes.slice(0, CAUSES).map((one) => `${words.causes}${causeWords(one, text)}`)
}

export function causeWords(cause: DipCause, text: Text): string {
  if (cause.kind === 'feed') return feedProblemLine(cause.problem, text)
  const { kind, name, from, to } = cause
  return text.noise.dips[kind](name, text.common.date(from), text.common.date(to))
}

export function joinedNames(names: readonly string[], text: Text): string {
  return names.map((one) => clip(one, NAME_CHARS)).join(text.cards.comma)
}
