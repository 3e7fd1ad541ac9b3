import { z } from 'zod'
import { lineCard } from '../src/cards/error.ts'
import { leaverCard, leaverDoneCard, takenOverCard } from '../src/cards/leaver.ts'
import { type Call, defineCommand, type Reply } from '../src/chat/command.ts'
import { whichMember } from '../src/chat/which-member.ts'
import type { Ctx } from '../src/context.ts'
import { AppError } from '../src/errors.ts'
import type { Colleague, Duty } from '../src/model/duty.ts'
import { handOverLeaver, leaverFacts, mayDecide } from '../src/retention/leavers.ts'
import { receivers } from '../src/retention/pass-on.ts'
import { dutyOn } from '../src/store/duty.ts'
import { leaversWithCustomers } from '../src/store/leavers.ts'
import { tellMember } from '../src/store/tell-member.ts'

const Args = z.object({
  words: z.string().max(100).optional(),
  leaver: z.number().int().optional(),
  /** The words after the leaver's name. */
  receiver: z.string().optional(),
  to: z.number().int().optional(),
  spread: z.literal(1).optional(),
})
type HandOverCall = Call<z.infer<typeof Args>>

/** Cards of one overview. */
const SHOWN = 3
const SPREAD = /^(?:平均|均分|平分|按负荷|分配|分给大家|spread)/

/** 交接 赵敏 李强, 交接 赵敏 平均: everything of somebody who left goes to one person or is spread over the team (A53). */
export const handOver = defineCommand({
  name: 'hand-over',
  aliases: ['交接', '离职交接'],
  where: 'dm',
  role: 'lead',
  writes: true,
  args: Args,
  fromText: (rest) => ({ words: rest }),
  async run(ctx, call: HandOverCall): Promise<Reply> {
    const { args, text } = call
    const duty = await dutyOn(ctx)
    const leavers = await leaversFor(ctx, call, duty)
    const known = duty.colleagues.get(args.leaver ?? 0)
    const words = args.words?.trim() ?? ''
    if (!known && words === '') return overview(ctx, call, leavers)
    const asked = { action: 'hand-over', as: 'leaver', payload: { receiver: after(words) }, text }
    const named = known ? { member: known, rest: args.receiver ?? '' } : whichMember(words, leavers, asked)
    if ('reply' in named) return named.reply
    const leaver = named.member
    const receiver = named.rest.replace(/^\s*(?:转?给|交给|\bto\b)\s*/, '').trim()
    if (args.spread || SPREAD.test(receiver)) return decide(ctx, call, leaver, null)
    if (args.to !== undefined) return decide(ctx, call, leaver, args.to)
    if (receiver === '') return { cards: [leaverCard(await leaverFacts(ctx, leaver), text)] }
    const to = whichMember(receiver, receivers(call.actor, duty), {
      action: 'hand-over',
      as: 'to',
      payload: { leaver: leaver.id },
      text,
    })
    return 'reply' in to ? to.reply : decide(ctx, call, leaver, to.member.id)
  },
})

/** The words behind the first one. */
function after(words: string): string {
  return words.replace(/^\S+\s*/, '')
}

async function leaversFor(ctx: Ctx, { actor }: HandOverCall, duty: Duty): Promise<Colleague[]> {
  const found: Colleague[] = []
  for (const id of await leaversWithCustomers(ctx)) {
    const leaver = duty.colleagues.get(id)
    if (leaver && (await mayDecide(ctx, actor, leaver))) found.push(leaver)
  }
  return found
}

async function overview(ctx: Ctx, { text }: HandOverCall, leavers: readonly Colleague[]): Promise<Reply> {
  if (leavers.length === 0) return { cards: [lineCard(text.handOver.leaver.none, text)] }
  const facts = await Promise.all(leavers.slice(0, SHOWN).map((one) => leaverFacts(ctx, one)))
  return { cards: facts.map((one) => leaverCard(one, text)) }
}

async function decide(ctx: Ctx, call: HandOverCall, leaver: Colleague, toId: number | null): Promise<Reply> {
  const { actor, text, inboundKey, event } = call
  const taken = await handOverLeaver(ctx, { actor, leaverId: leaver.id, toId })
  for (const one of taken) {
    if (one.to.id === actor.id) continue
    const card = takenOverCard({ leaver: leaver.name, ...one }, text)
    const told = await tellMember(ctx, one.to.id, { id: `taken-over:${inboundKey}`, card })
    if (!told) ctx.log.warn({ member: one.to.id }, 'a receiver of customers cannot be told')
  }
  const given = taken.map((one) => ({ to: one.to.name, customers: one.customers }))
  if (given.length === 0) {
    throw new AppError('conflict', 'decided already', { say: text.handOver.leaver.decided })
  }
  const card = leaverDoneCard(leaver.name, given, { wecom: ctx.settings.wecom.app.enabled }, text)
  return event.kind === 'action' ? { cards: [], update: card } : { cards: [card] }
}
