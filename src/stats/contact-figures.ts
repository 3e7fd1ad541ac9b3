import type { MemberBehaviour } from '../store/wecom-behaviour.ts'

/** How members answer in WeChat, all together. Null: nothing was told, which is not zero. */
export interface ContactFigures {
  readonly members: number
  readonly chats: number | null
  readonly replyPercent: number | null
  readonly replyMinutes: number | null
  /** Members with any chat that was counted for the two. */
  readonly answering: number
  readonly negative: number | null
}

/** Averages are weighted by chats: somebody with two chats does not count like somebody with two hundred. */
export function contactFigures(members: readonly MemberBehaviour[]): ContactFigures {
  return {
    members: members.length,
    chats: sumOf(members.map((one) => one.chats)),
    replyPercent: weighted(members, (one) => one.replyPercent),
    replyMinutes: weighted(members, (one) => one.replyMinutes),
    answering: members.filter((one) => one.answeredChats > 0).length,
    negative: sumOf(members.map((one) => one.negative)),
  }
}

function sumOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((one) => one !== null)
  return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0)
}

function weighted(
  members: readonly MemberBehaviour[],
  of: (one: MemberBehaviour) => number | null,
): number | null {
  let sum = 0
  let weight = 0
  for (const one of members) {
    const value = of(one)
    if (value === null) continue
    sum += value * one.answeredChats
    weight += one.answeredChats
  }
  return weight === 0 ? null : sum / weight
}
