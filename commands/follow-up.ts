import { z } from 'zod'
import { calendarFor } from '../src/calendar.ts'
import { needWordsCard } from '../src/cards/follow-up.ts'
import { askForLine } from '../src/chat/ask-for-line.ts'
import { refreshedDigest } from '../src/chat/case-reply.ts'
import { type Call, defineCommand, type Reply } from '../src/chat/command.ts'
import { CustomerRef } from '../src/chat/customer-args.ts'
import { followUpEcho } from '../src/chat/follow-up-reply.ts'
import { whichCustomer } from '../src/chat/which-customer.ts'
import type { Ctx } from '../src/context.ts'
import { AppError } from '../src/errors.ts'
import type { Customer } from '../src/model/customer.ts'
import { logFollowUp } from '../src/retention/log-follow-up.ts'
import { type Understood, understand } from '../src/retention/understand.ts'

const Args = z.object({
  customer: CustomerRef,
  /** What was said, when the customer is named by id. */
  words: z.string().max(500).default(''),
  /** The touch without a result that this line gives one to. */
  completes: z.number().int().optional(),
  /** The line answers our question: small talk is then asked back, not written. */
  asked: z.literal(1).optional(),
})
type Args = z.infer<typeof Args>

/** 跟进 X 结果 备注 下次日期: one line is the log (K2). Writes only for a customer that is certain. */
export const followUp = defineCommand({
  name: 'follow-up',
  aliases: ['跟进', '回访', '记录', 'log', 'fu'],
  where: 'dm',
  role: 'rep',
  writes: true,
  args: Args,
  fromText: (rest) => ({ customer: rest }),
  async run(ctx, call: Call<Args>) {
    const { args } = call
    const which = await whichCustomer(ctx, call, {
      command: 'follow-up',
      ref: args.customer,
      certain: true,
      argsOf: (words) => ({ words }),
    })
    if ('reply' in which) return which.reply
    const words = (typeof args.customer === 'number' ? args.words : which.words).trim()
    const said = understand(words, nowOf(ctx, call), ctx.settings.chat.maxNextDays)
    checkDate(ctx, call, said)
    const nothing = said.outcome === null && said.nextOn === null
    if (words === '' || (args.asked && nothing)) return askForWords(call, which.customer)
    return write(ctx, call, which.customer, { words, said })
  },
})

function nowOf({ settings }: Ctx, { today }: Call<Args>): Parameters<typeof understand>[1] {
  return { today, calendar: calendarFor(settings) }
}

/** A date that cannot be is refused before anything is written (K3). */
function checkDate(ctx: Ctx, { text }: Call<Args>, { refused, saidDate }: Understood): void {
  if (refused === null) return
  const say = text.followUp.refused[refused](saidDate ?? '', ctx.settings.chat.maxNextDays)
  throw new AppError('bad-input', 'the next date cannot be taken', { say })
}

function askForWords(call: Call<Args>, { id, name }: Customer): Reply {
  return { cards: [needWordsCard(name, call.text)], ask: askForLine(call, id, call.args.completes) }
}

async function write(
  ctx: Ctx,
  call: Call<Args>,
  customer: Customer,
  { words, said }: { words: string; said: Understood },
): Promise<Reply> {
  const { actor, today, inboundKey, args } = call
  const { outcome, channel, effective, nextOn } = said
  const content = { outcome, channel, effective, nextOn, note: words }
  const written = await logFollowUp(ctx, {
    actor,
    customerId: customer.id,
    content,
    day: today,
    inboundKey,
    ...(args.completes !== undefined && { completes: args.completes }),
  })
  const card = followUpEcho(ctx, call, { ...written, customerName: customer.name, reason: said.reason })
  const reply = { cards: [card], refresh: await refreshedDigest(ctx, call, today) }
  return outcome === null ? { ...reply, ask: askForLine(call, customer.id, written.id) } : reply
}
