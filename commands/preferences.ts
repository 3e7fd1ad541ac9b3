import { z } from 'zod'
import { preferencesCard } from '../src/cards/preferences.ts'
import { type Call, defineCommand, type Reply } from '../src/chat/command.ts'
import type { Ctx } from '../src/context.ts'
import { AppError } from '../src/errors.ts'
import { NO_WISH } from '../src/model/push-wish.ts'
import { addAudit } from '../src/store/audit.ts'
import { setWish, type WishOwner, wishOf } from '../src/store/push-wishes.ts'

const Args = z.object({
  do: z.enum(['high', 'all', 'per-day']).optional(),
  words: z.string().max(40).optional(),
})
type Args = z.infer<typeof Args>

const DOES: Readonly<Record<string, Args['do']>> = {
  只看高价值: 'high',
  全部都看: 'all',
  每天最多: 'per-day',
  'high-value': 'high',
  everything: 'all',
  'per-day': 'per-day',
}
const DIGITS = '零一二三四五六七八九十'
const TEAM = /全组|全队|小组|团队|team/i

/** 偏好, 只看高价值, 全部都看, 每天最多 3 家 (a lead: 全组): what a person wishes to be pushed (C29). */
export const preferences = defineCommand({
  name: 'preferences',
  aliases: ['偏好', '只看高价值', '全部都看', '每天最多', 'high-value', 'everything', 'per-day'],
  where: 'dm',
  role: 'rep',
  writes: true,
  args: Args,
  fromText: (rest, word) => ({ ...(DOES[word] && { do: DOES[word] }), words: rest }),
  async run(ctx, call: Call<Args>): Promise<Reply> {
    const said = await act(ctx, call)
    const { actor, text, event } = call
    const own = await wishOf(ctx, { subject: 'member', id: actor.id })
    const team = actor.teamId === null ? null : await wishOf(ctx, { subject: 'team', id: actor.teamId })
    const budget = ctx.settings.push.perDay
    const card = preferencesCard({ own, team, budget, ...(said !== undefined && { said }) }, text)
    return event.kind === 'action' ? { cards: [], update: card } : { cards: [card] }
  },
})

async function act(ctx: Ctx, call: Call<Args>): Promise<string | undefined> {
  const { args, actor, text } = call
  const { said } = text.noise.wishes
  if (args.do === undefined) return undefined
  const owner = ownerOf(call)
  const before = await wishOf(ctx, owner)
  const team = owner.subject === 'team'
  if (args.do === 'high' && team) throw new AppError('bad-input', 'own only', { say: said.ownOnly })
  const wish =
    args.do === 'all'
      ? NO_WISH
      : args.do === 'high'
        ? { ...before, highValue: true }
        : { ...before, perDay: perDayOf(ctx, call) }
  await setWish(ctx, owner, wish, actor)
  const subject = `${owner.subject}:${owner.id}`
  await addAudit(ctx, { memberId: actor.id, action: 'push-wish', subject, detail: { ...wish } })
  if (args.do === 'high') return said.high
  return args.do === 'all' ? said.all(team) : said.perDay(wish.perDay ?? 0, team)
}

/** 全组 is for the lead of the team. */
function ownerOf({ args, actor, text }: Call<Args>): WishOwner {
  if (!TEAM.test(args.words ?? '')) return { subject: 'member', id: actor.id }
  if (actor.role !== 'lead' || actor.teamId === null) {
    throw new AppError('not-allowed', 'only leads do that', { say: text.noise.wishes.said.onlyLead })
  }
  return { subject: 'team', id: actor.teamId }
}

/** `3 家`, `三家`: from 1 up to the company's budget. */
function perDayOf(ctx: Ctx, { args, text }: Call<Args>): number {
  const [found = ''] = /\d{1,3}|[一二三四五六七八九十]/.exec((args.words ?? '').normalize('NFKC')) ?? []
  const number = found === '' ? 0 : /\d/.test(found) ? Number(found) : DIGITS.indexOf(found)
  const budget = ctx.settings.push.perDay
  if (number < 1 || number > budget) {
    throw new AppError('bad-input', 'no such number', { say: text.noise.wishes.said.range(budget) })
  }
  return number
}
