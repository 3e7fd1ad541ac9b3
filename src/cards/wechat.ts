import type { Card } from '../model/card.ts'
import type { Day } from '../model/day.ts'
import { readDeleted } from '../model/deleted-contact.ts'
import type { Text } from '../text/index.ts'
import { clip, fitCard } from './fit-card.ts'

/** Figures of one member or of several; null is shown as "no data", never as zero. */
export interface ContactNumbers {
  readonly chats: number | null
  readonly replyPercent: number | null
  readonly replyMinutes: number | null
  readonly negative: number | null
}

export interface WechatInput {
  /** Empty: everybody. */
  readonly team: string
  readonly from: Day
  readonly to: Day
  readonly figures: ContactNumbers & { readonly members: number; readonly answering: number }
  readonly members: readonly (ContactNumbers & { readonly name: string })[]
  readonly dropped: readonly { readonly customerName: string; readonly note: string; readonly day: Day }[]
}

const MEMBERS = 4
const DROPPED = 2

/** 微信数据: how a team answers its customers in WeChat, whom customers deleted, and whom members deleted (for leads). */
export function wechatCard(input: WechatInput, text: Text): Card {
  const words = text.wecomContact.card
  const { figures, dropped } = input
  const period = words.period(text.common.date(input.from), text.common.date(input.to))
  const shown = input.members.toSorted(worstFirst).slice(0, MEMBERS)
  const reply = figures.replyPercent === null ? words.none : words.percent(figures.replyPercent)
  return fitCard({
    summary: words.summary(clip(input.team, 16), reply),
    title: words.title(clip(input.team, 16), period),
    facts: [
      words.reply(reply, minutes(figures, text), figures.answering, figures.chats),
      words.negative(figures.negative),
      ...(dropped.length > 0 ? [words.dropped(dropped.length)] : []),
      ...dropped
        .slice(0, DROPPED)
        .map(({ customerName, note, day }) =>
          words.droppedOne(text.common.date(day), readDeleted(note).rep, clip(customerName, 20)),
        ),
      ...shown.map((one) =>
        words.member(
          clip(one.name, 10),
          one.replyPercent === null ? words.none : words.percent(one.replyPercent),
          minutes(one, text),
          one.negative,
        ),
      ),
    ],
    notes: [
      ...(input.members.length > MEMBERS ? [words.more(input.members.length - MEMBERS)] : []),
      figures.members === 0 ? words.empty : words.definition(figures.members),
    ],
  })
}

function minutes({ replyMinutes }: ContactNumbers, text: Text): string {
  const words = text.wecomContact.card
  return replyMinutes === null ? words.none : words.minutes(replyMinutes)
}

/** Most deleted first, then who answers least; without numbers last. */
function worstFirst(a: ContactNumbers, b: ContactNumbers): number {
  return (b.negative ?? -1) - (a.negative ?? -1) || (a.replyPercent ?? 101) - (b.replyPercent ?? 101)
}
