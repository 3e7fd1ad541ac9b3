import { z } from 'zod'
import { askLostCard, lostCard } from '../src/cards/outcome.ts'
import { CaseArgs, caseReply } from '../src/chat/case-reply.ts'
import { type Call, defineCommand } from '../src/chat/command.ts'
import { CustomerArgs, customerFromText } from '../src/chat/customer-args.ts'
import { toldDay } from '../src/chat/told-day.ts'
import { toldLostReason } from '../src/chat/told-lost-reason.ts'
import { whichCustomer } from '../src/chat/which-customer.ts'
import { AppError } from '../src/errors.ts'
import { LOST_REASONS, type LostReason } from '../src/model/case.ts'
import type { Day } from '../src/model/day.ts'
import { registerLoss } from '../src/retention/register-loss.ts'
import type { Text } from '../src/text/index.ts'

const Args = CaseArgs.partial()
  .extend(CustomerArgs.shape)
  .extend({
    /** The words after the customer's name: why, and since when. */
    words: z.string().max(500).optional(),
    reason: z.enum(LOST_REASONS).optional(),
    on: z.number().int().optional(),
    /** Of the causes. */
    page: z.number().int().min(0).max(1).optional(),
  })
type LostCall = Call<z.infer<typeof Args>>

/** Earlier losses belong into the data, not into a chat line. */
const MAX_DAYS_AGO = 365

/** 流失登记 华联 价格 [11/20], or the button 流失: a dated loss with its reason, undone by 撤销 (A113). */
export const lost = defineCommand({
  name: 'lost',
  aliases: ['流失登记', '登记流失'],
  where: 'dm',
  role: 'rep',
  writes: true,
  args: Args,
  fromText: customerFromText,
  async run(ctx, call: LostCall) {
    const { actor, args, today, text, inboundKey } = call
    const which = await whichCustomer(ctx, call, {
      command: 'lost',
      ref: args.customer,
      certain: true,
      argsOf: (words) => ({ words }),
    })
    if ('reply' in which) return which.reply
    const { customer } = which
    const said = readWords(which.words || (args.words ?? ''), today, text)
    const on = args.on ?? said.on
    checkDay(on, call)
    const reason = args.reason ?? said.reason
    if (reason === null) {
      const origin = args.case === undefined ? {} : { case: args.case }
      const told = await toldLostReason(ctx, call, customer.id)
      const card = askLostCard({ customer, on, payload: origin, told, page: args.page ?? 0 }, text)
      return args.page === undefined ? { cards: [card] } : { cards: [], update: card }
    }
    const done = await registerLoss(ctx, { actor, customerId: customer.id, reason, on, today, inboundKey })
    const origin = {
      case: done.case?.id ?? args.case ?? 1,
      ...(args.question && { question: args.question }),
    }
    return caseReply(ctx, { ...call, args: origin }, lostCard({ ...done, customer, reason }, text))
  },
})

function checkDay(on: Day, { today, text }: LostCall): void {
  if (on <= today && today - on <= MAX_DAYS_AGO) return
  throw new AppError('bad-input', 'the day cannot be taken', { say: text.sla.outcome.badDay })
}

function readWords(words: string, today: Day, text: Text): { reason: LostReason | null; on: Day } {
  const told = toldDay(words, today)
  const rest = (told?.rest ?? words).toLowerCase()
  const named = LOST_REASONS.map((reason) => ({ reason, word: text.sla.lostReasons[reason].toLowerCase() }))
  const found = named.find(({ word }) => rest.includes(word))
  return { reason: found?.reason ?? null, on: told?.day ?? today }
}
