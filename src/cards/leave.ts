import type { Card } from '../model/card.ts'
import type { Day } from '../model/day.ts'
import type { Workload } from '../model/hand-over.ts'
import type { Text } from '../text/index.ts'
import { clip, fitCard } from './fit-card.ts'

/** A leave as people read it: days [from, until). */
export interface LeaveFacts {
  readonly name: string
  readonly from: Day
  readonly until: Day
  /** The last day away. */
  readonly last: Day
  /** Who stands in; null when nobody is there. */
  readonly receiver: string | null
  /** The lead stands in because nobody was named, or the deputy is away too. */
  readonly byLead: boolean
}

const NAME = 8
const LINES = 4

/** The answer to 请假: how long, who stands in, when it ends by itself. */
export function leaveCard(leave: LeaveFacts, own: boolean, text: Text): Card {
  const words = text.handOver.leave
  const title = titleOf(leave, text)
  return fitCard({
    summary: title,
    title,
    tone: leave.receiver === null ? 'warning' : 'good',
    facts: [
      leave.receiver === null
        ? words.nobody
        : (leave.byLead ? words.lead : words.deputy)(clip(leave.receiver, NAME)),
      words.back(text.common.day(leave.until), own),
    ],
    actions: [{ action: 'undo', label: text.cards.buttons.undo, payload: {} }],
  })
}

/** To the one who stands in. */
export function standInCard(leave: LeaveFacts, load: Workload, text: Text): Card {
  const words = text.handOver.leave
  const title = words.standIn(
    clip(leave.name, NAME),
    text.common.day(leave.from),
    text.common.day(leave.last),
  )
  return fitCard({
    summary: title,
    title,
    facts: [text.handOver.load(load), words.marked(text.handOver.insteadOf(clip(leave.name, NAME)))],
    actions: [{ action: 'mine', label: text.cards.buttons.mine, payload: {} }],
  })
}

/** Somebody is back, or the leave was taken back: one line to who stood in, or to the one it is about. */
export function leaveOverCard(name: string, text: Text): Card {
  const title = text.handOver.leave.over(clip(name, NAME))
  return fitCard({ summary: title, title })
}

/** Who is away now or soon, for `请假` alone. */
export function leavesCard(leaves: readonly LeaveFacts[], usage: string, text: Text): Card {
  const words = text.handOver.leave
  const title = leaves.length === 0 ? words.none : words.list(leaves.length)
  const lines = leaves.map(
    (one) => `${titleOf(one, text)} · ${one.receiver ?? text.handOver.leave.noReceiver}`,
  )
  return fitCard({ summary: title, title, facts: lines, notes: [usage] })
}

/** The one summary of the first morning back: 你不在时. */
export function welcomeBackCard(
  back: {
    readonly name: string
    readonly from: Day
    readonly last: Day
    readonly followUps: readonly {
      readonly customerName: string
      readonly by: string
      readonly outcome: string | null
      readonly day: Day
    }[]
    readonly opened: readonly string[]
    readonly due: readonly { readonly customerName: string; readonly nextOn: Day }[]
  },
  text: Text,
): Card {
  const words = text.handOver.leave
  const title = words.welcome(clip(back.name, NAME), text.common.day(back.from), text.common.day(back.last))
  const outcomes: Readonly<Record<string, string>> = text.followUp.outcomes
  const done = back.followUps.slice(0, LINES).map((one) => {
    const outcome = one.outcome === null ? words.touched : (outcomes[one.outcome] ?? one.outcome)
    return words.followedUp(
      text.common.date(one.day),
      clip(one.by, NAME),
      clip(one.customerName, 16),
      outcome,
    )
  })
  const quiet = back.followUps.length + back.opened.length + back.due.length === 0
  return fitCard({
    summary: title,
    title,
    facts: [
      ...done,
      back.followUps.length > LINES ? words.moreFollowUps(back.followUps.length - LINES) : '',
      back.opened.length > 0 ? words.opened(back.opened.length, names(back.opened, text)) : '',
      back.due.length > 0
        ? words.due(
            back.due.length,
            names(
              back.due.map((one) => one.customerName),
              text,
            ),
          )
        : '',
      quiet ? words.quiet : '',
    ],
    actions: [{ action: 'mine', label: text.cards.buttons.mine, payload: {} }],
  })
}

function names(all: readonly string[], text: Text): string {
  return all
    .slice(0, 3)
    .map((name) => clip(name, 12))
    .join(text.cards.comma)
}

function titleOf({ name, from, last }: LeaveFacts, text: Text): string {
  return text.handOver.leave.title(clip(name, NAME), text.common.day(from), text.common.day(last))
}
