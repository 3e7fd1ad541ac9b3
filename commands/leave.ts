import { z } from 'zod'
import { calendarFor } from '../src/calendar.ts'
import { lineCard } from '../src/cards/error.ts'
import { leaveCard, leaveOverCard, leavesCard, standInCard } from '../src/cards/leave.ts'
import { type Call, defineCommand, type Reply } from '../src/chat/command.ts'
import { leaveFacts } from '../src/chat/leave-facts.ts'
import { type LeaveWords, readLeave } from '../src/chat/leave-words.ts'
import { likelyColleagues } from '../src/chat/likely-colleagues.ts'
import { colleaguesNamed, whichMember } from '../src/chat/which-member.ts'
import type { Ctx } from '../src/context.ts'
import { AppError } from '../src/errors.ts'
import type { Absence, Colleague, Duty } from '../src/model/duty.ts'
import { endLeave, takeLeave } from '../src/retention/absence.ts'
import { absencesBetween, dutyOn } from '../src/store/duty.ts'
import { tellMember } from '../src/store/tell-member.ts'
import { workloadOf } from '../src/store/while-away.ts'

const Args = z.object({
  words: z.string().max(100).optional(),
  /** Whose leave, where it was asked back or is not the actor's. */
  member: z.number().int().optional(),
  from: z.number().int().optional(),
  until: z.number().int().optional(),
  /** The deputy's name as typed, and the chosen one. */
  to: z.string().optional(),
  deputy: z.number().int().optional(),
  cancel: z.literal(1).optional(),
})
type Args = z.infer<typeof Args>
type LeaveCall = Call<Args>

const MAX_DAYS = 180

/** 请假 3天 转 小李, 请假 小王 到周五, 请假 取消: reminders go to a deputy meanwhile, and come back by themselves (A38). */
export const leave = defineCommand({
  name: 'leave',
  aliases: ['请假', '休假'],
  where: 'dm',
  role: 'rep',
  writes: true,
  args: Args,
  fromText: (rest) => ({ words: rest }),
  async run(ctx, call: LeaveCall): Promise<Reply> {
    const duty = await dutyOn(ctx, call.today)
    const { args } = call
    if (args.words === undefined) return go(ctx, call, duty, args)
    if (args.words.trim() === '') return overview(ctx, call, duty)
    const said = readLeave(args.words, now(ctx, call))
    const asked: Args = {
      ...(said.cancel && { cancel: 1 }),
      ...(said.time && { from: said.time.from, until: said.time.until }),
      ...(said.deputy !== null && { to: said.deputy }),
    }
    const whose = whoseLeave(call, duty, said, asked)
    return 'reply' in whose ? whose.reply : go(ctx, call, duty, { ...asked, member: whose.member.id })
  },
})

/** Work that has ended today does not count as a day away. */
function now(ctx: Ctx, { today }: Pick<LeaveCall, 'today'>) {
  const calendar = calendarFor(ctx.settings)
  return { today, calendar, start: calendar.dayOf(calendar.nextWorkTime(ctx.clock.now())) }
}

/** The actor, unless other words name somebody: then only a lead's own people, or anybody for an administrator. */
function whoseLeave(
  { actor, text }: LeaveCall,
  duty: Duty,
  { who }: LeaveWords,
  payload: Args,
): { member: Pick<Colleague, 'id'> } | { reply: Reply } {
  const active = [...duty.colleagues.values()].filter((one) => one.active)
  const team = active.filter((one) => one.teamId !== null && one.teamId === actor.teamId)
  const named = who === '' ? [] : colleaguesNamed(who, actor.role === 'admin' ? active : team)
  if (who === '' || named.some((one) => one.id === actor.id)) return { member: actor }
  if (actor.role !== 'rep') {
    return whichMember(who, actor.role === 'admin' ? active : team, {
      action: 'leave',
      as: 'member',
      payload: withoutGaps(payload),
      text,
    })
  }
  // A rep's further words are a reason (看病), unless they name a colleague.
  if (named.length === 0) return { member: actor }
  throw new AppError('not-allowed', 'only leads do that', { say: text.handOver.leave.onlyLead })
}

async function go(ctx: Ctx, call: LeaveCall, duty: Duty, args: Args): Promise<Reply> {
  const { actor, text } = call
  const words = text.handOver.leave
  const member = duty.colleagues.get(args.member ?? actor.id)
  if (!member?.active) throw new AppError('not-found', 'no such member', { say: text.chat.inactive })
  const own = member.id === actor.id
  const ours = actor.role === 'lead' && actor.teamId !== null && member.teamId === actor.teamId
  if (!own && !ours && actor.role !== 'admin') {
    throw new AppError('not-allowed', 'another team', { say: words.ownTeam })
  }
  if (args.cancel) return cancel(ctx, call, member)
  const { from, until } = args
  const late = until !== undefined && (until <= call.today || until - call.today > MAX_DAYS)
  if (from === undefined || until === undefined || until <= from || late) {
    throw new AppError('bad-input', 'no time', { say: words.badTime })
  }
  const chosen = await deputyOf(ctx, call, duty, member, args)
  if (chosen && 'reply' in chosen) return chosen.reply
  const deputyId = chosen?.member.id ?? null
  const taken = await takeLeave(ctx, { actor, memberId: member.id, deputyId, from, until })
  return answer(ctx, call, taken)
}

async function deputyOf(ctx: Ctx, call: LeaveCall, duty: Duty, member: Colleague, args: Args) {
  const { actor, text } = call
  if (args.to === undefined && args.deputy === undefined) return null
  const among = [...duty.colleagues.values()].filter(
    (one) => one.active && (actor.role !== 'rep' || (one.teamId !== null && one.teamId === actor.teamId)),
  )
  const { to = '', ...payload } = { ...args, member: member.id }
  const known = among.find((one) => one.id === args.deputy)
  const others = among.filter((one) => one.id !== member.id)
  const [self] = colleaguesNamed(to, among)
  if (known?.id === member.id || (self?.id === member.id && colleaguesNamed(to, others).length === 0)) {
    throw new AppError('bad-input', 'own deputy', { say: text.handOver.leave.self })
  }
  if (known) return { member: known, rest: '' }
  const likely = await likelyColleagues(ctx, others, duty)
  const asked = { action: 'leave', as: 'deputy', payload: withoutGaps(payload), text, likely }
  return whichMember(to, others, asked)
}

async function answer(ctx: Ctx, call: LeaveCall, taken: Absence): Promise<Reply> {
  const { actor, text, inboundKey, today } = call
  const facts = await leaveFacts(ctx, taken, today)
  const own = taken.memberId === actor.id
  const card = leaveCard(facts, own, text)
  if (!own)
    await tellMember(ctx, taken.memberId, { id: `leave:${inboundKey}`, card: { ...card, actions: [] } })
  if (facts.receiverId !== null && facts.receiverId !== actor.id) {
    const standIn = standInCard(facts, await workloadOf(ctx, taken.memberId), text)
    await tellMember(ctx, facts.receiverId, { id: `stand-in:${inboundKey}`, card: standIn })
  }
  return { cards: [card] }
}

/** Back early: the running leave ends today, one to come is dropped; whoever stood in hears of it. */
async function cancel(ctx: Ctx, call: LeaveCall, member: Colleague): Promise<Reply> {
  const { actor, text, inboundKey, today } = call
  const words = text.handOver.leave
  const [known] = await absencesBetween(ctx, {
    from: today,
    until: today + MAX_DAYS * 2,
    memberId: member.id,
  })
  if (!known) return { cards: [lineCard(words.notAway(member.name), text)] }
  const { receiverId } = await leaveFacts(ctx, known, today)
  await endLeave(ctx, { actor, memberId: member.id, today })
  const told = { id: `leave-over:${inboundKey}`, card: leaveOverCard(member.name, text) }
  for (const id of new Set([receiverId, member.id])) {
    if (id !== null && id !== actor.id) await tellMember(ctx, id, told)
  }
  const undo = { action: 'undo', label: text.cards.buttons.undo, payload: {} }
  return { cards: [{ ...lineCard(words.cancelled(member.name), text), actions: [undo] }] }
}

/** Who is away: oneself for a rep, the team for a lead, everybody for an administrator. */
async function overview(ctx: Ctx, { actor, today, text }: LeaveCall, duty: Duty): Promise<Reply> {
  const all = await absencesBetween(ctx, { from: today, until: today + MAX_DAYS * 2 })
  const shown = all.filter(({ memberId }) => {
    if (actor.role === 'admin' || memberId === actor.id) return true
    const teamId = duty.colleagues.get(memberId)?.teamId ?? null
    return teamId !== null && teamId === actor.teamId
  })
  const facts = await Promise.all(shown.map((one) => leaveFacts(ctx, one, today)))
  const usage = `${text.commands.usage}: ${text.commands.help.leave?.usage ?? ''}`
  return { cards: [leavesCard(facts, usage, text)] }
}

function withoutGaps(args: Args): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(args).filter((entry): entry is [string, string | number] => entry[1] !== undefined),
  )
}
