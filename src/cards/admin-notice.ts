import type { Card } from '../model/card.ts'
import type { CallUsage } from '../model/chat.ts'
import type { Day } from '../model/day.ts'
import type { Text } from '../text/index.ts'
import { fitCard } from './fit-card.ts'

/** Lines of an administrator's notice before "n more". */
const SHOWN = 8

/** A feed that stopped or came half empty. */
export interface FeedProblem {
  readonly source: string
  readonly entity: string
  readonly kind: 'stale' | 'half-empty'
  readonly days?: number
  readonly rows?: number
  readonly usual?: number
}

/** Why pushes rest today (数据停更), and that they go on by themselves. */
export function feedStoppedCard(problems: readonly FeedProblem[], text: Text): Card {
  const words = text.push.stale
  const lines = problems.map((one) => feedProblemLine(one, text))
  return noticeCard(words.title, lines, words.note, text)
}

/** A source whose data were refused or could not be read until somebody acts. */
export function sourceFailedCard(source: string, lines: readonly string[], text: Text): Card {
  const { title, note } = text.push.sourceFailed
  return noticeCard(title(source), lines, note, text)
}

/** One feed that cannot be trusted, in words. */
export function feedProblemLine(one: FeedProblem, text: Text): string {
  const words = text.push.stale
  const entity = Object.entries(text.push.entities).find(([name]) => name === one.entity)?.[1] ?? one.entity
  return one.kind === 'stale'
    ? words.stale(one.source, entity, one.days ?? 0)
    : words.halfEmpty(one.source, entity, one.rows ?? 0, one.usual ?? 0)
}

/** Scores that are too old to push from: scoring has failed, or nothing ran. */
export function scoresStoppedCard(asOf: Day, text: Text): Card {
  const { title, line, note } = text.push.staleScores
  return noticeCard(title, [line(text.common.day(asOf))], note, text)
}

/** Customers at risk that nobody can be told of. */
export function homelessCard(names: readonly string[], count: number, text: Text): Card {
  return noticeCard(text.push.homeless.title(count), names, text.push.homeless.note, text, count)
}

/** Complaints and the like whose customer has no owner who could be told. */
export function homelessEventsCard(
  events: readonly { kind: keyof Text['push']['homelessEvents']['kinds']; customerName: string }[],
  text: Text,
): Card {
  const words = text.push.homelessEvents
  const lines = events.map((one) => `${one.customerName} · ${words.kinds[one.kind]}`)
  return noticeCard(words.title(events.length), lines, words.note, text)
}

/** Reps without an address on any platform. */
export function unreachableCard(names: readonly string[], text: Text): Card {
  return noticeCard(text.push.unreachable.title(names.length), names, text.push.unreachable.note, text)
}

/** A platform takes no calls until an administrator has acted. */
export function haltCard(platform: string, say: string, text: Text): Card {
  return noticeCard(text.push.halt.title(platformName(platform, text)), [say], text.push.halt.note, text)
}

/** Much of the calls of a month is used. */
export function callsCard(
  platform: string,
  { kind, used, limit }: CallUsage,
  share: number,
  text: Text,
): Card {
  const words = text.push.calls
  const title = words.title(platformName(platform, text), Math.round(100 * share))
  return noticeCard(title, [words.line(words.kinds[kind], used, limit)], words.notes[kind], text)
}

function platformName(platform: string, text: Text): string {
  return text.push.platforms[platform] ?? platform
}

/** Messages that will not be tried again. */
export function deadLettersCard(
  letters: readonly { platform: string; who: string; error: string }[],
  count: number,
  text: Text,
): Card {
  const lines = letters.map((one) =>
    text.push.dead.line(platformName(one.platform, text), one.who, one.error),
  )
  return noticeCard(text.push.dead.title(count), lines, null, text, count)
}

/** A notice of up to `SHOWN` lines; `count` where there are more than the lines given. */
export function noticeCard(
  title: string,
  lines: readonly string[],
  note: string | null,
  text: Text,
  count = lines.length,
): Card {
  const hidden = count - Math.min(lines.length, SHOWN)
  return fitCard({
    summary: title,
    title,
    tone: 'warning',
    facts: lines.slice(0, SHOWN),
    notes: [...(hidden > 0 ? [text.push.more(hidden)] : []), ...(note === null ? [] : [note])],
  })
}
