import { wechatCard } from '../src/cards/wechat.ts'
import { defineCommand } from '../src/chat/command.ts'
import { NoArgs, wordsFromText } from '../src/chat/customer-args.ts'
import { contactFigures } from '../src/stats/contact-figures.ts'
import { droppedContacts, memberBehaviour } from '../src/store/wecom-behaviour.ts'

/** Whole days up to yesterday: WeCom has not counted today yet. */
const DAYS = 30

/** 微信数据: how the team answers its customers in WeChat, for leads. */
export const wechat = defineCommand({
  name: 'wechat',
  aliases: ['微信数据', '企微数据'],
  where: 'dm',
  role: 'lead',
  writes: false,
  args: NoArgs,
  fromText: wordsFromText,
  async run(ctx, { actor, scope, today, text }) {
    const [from, to] = [today - DAYS, today - 1]
    const members = await memberBehaviour(ctx, scope, { from, to })
    const dropped = await droppedContacts(ctx, scope, from)
    const team = scope.kind === 'all' ? '' : scope.kind === 'team' ? (actor.teamName ?? '') : actor.name
    const figures = contactFigures(members)
    return { cards: [wechatCard({ team, from, to, figures, members, dropped }, text)] }
  },
})
