import { z } from 'zod'
import { lineCard } from '../src/cards/error.ts'
import { feedbackSavedCard } from '../src/cards/feedback.ts'
import { type Call, defineCommand, type Reply } from '../src/chat/command.ts'
import { CustomerRef } from '../src/chat/customer-args.ts'
import { whichCustomer } from '../src/chat/which-customer.ts'
import type { Ctx } from '../src/context.ts'
import { AppError } from '../src/errors.ts'
import { MAX_VOICE_CHARS } from '../src/model/feedback.ts'
import { addFeedback, feedbackById, moveFeedback } from '../src/store/feedback.ts'

const Args = z.object({
  customer: CustomerRef.optional(),
  words: z.string().max(MAX_VOICE_CHARS).default(''),
  /** The button: an own feedback to take back. */
  withdraw: z.number().int().optional(),
})
type FeedbackCall = Call<z.infer<typeof Args>>

/** 反馈 客户 内容: what a customer wishes for goes on the product list; the rep hears what becomes of it (A82). */
export const feedback = defineCommand({
  name: 'feedback',
  aliases: ['反馈', '客户建议'],
  where: 'dm',
  role: 'rep',
  writes: true,
  args: Args.refine(({ customer, withdraw }) => customer !== undefined || withdraw !== undefined),
  fromText: (rest) => ({ customer: rest }),
  async run(ctx, call: FeedbackCall): Promise<Reply> {
    const { args, actor, text, inboundKey } = call
    if (args.withdraw !== undefined) return takeBack(ctx, call, args.withdraw)
    const which = await whichCustomer(ctx, call, {
      command: 'feedback',
      ref: args.customer ?? '',
      certain: true,
      argsOf: (words) => ({ words }),
    })
    if ('reply' in which) return which.reply
    const { id: customerId, name } = which.customer
    const words = (typeof args.customer === 'number' ? args.words : which.words).trim()
    if (words === '') {
      const ask = {
        id: inboundKey,
        kind: 'line',
        command: 'feedback',
        args: { customer: customerId },
        options: [],
      } as const
      return { cards: [lineCard(text.voices.feedback.whatSaid(name), text)], ask }
    }
    const id = await addFeedback(ctx, { customerId, memberId: actor.id, text: words, inboundKey })
    return { cards: [feedbackSavedCard({ id, customerName: name, text: words }, text)] }
  },
})

/** Only what the actor told, and only until somebody works on it. */
async function takeBack(ctx: Ctx, { actor, scope, text }: FeedbackCall, id: number): Promise<Reply> {
  const words = text.voices.feedback
  const known = await feedbackById(ctx, scope, id)
  if (known?.memberId !== actor.id) throw new AppError('not-found', 'no own feedback', { say: words.gone })
  const done = await moveFeedback(ctx, id, { from: 'received', to: 'withdrawn', by: actor.id })
  const line = done
    ? words.withdrawn(known.customerName)
    : words.changed(known.customerName, words.states[known.state])
  return { cards: [], update: lineCard(line, text) }
}
