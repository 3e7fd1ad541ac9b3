import { playCard } from '../src/cards/play.ts'
import { defineCommand } from '../src/chat/command.ts'
import { CustomerArgs, customerFromText } from '../src/chat/customer-args.ts'
import { customerPlay } from '../src/chat/customer-play.ts'
import { similarCases } from '../src/chat/similar-cases.ts'
import { whichCustomer } from '../src/chat/which-customer.ts'

/** 打法 X: what to do about this customer, step by step (A12, A78, A79), and what helped in similar cases (A83). */
export const play = defineCommand({
  name: 'play',
  aliases: ['打法', '怎么跟'],
  where: 'dm',
  role: 'rep',
  writes: false,
  args: CustomerArgs,
  fromText: customerFromText,
  async run(ctx, call) {
    const which = await whichCustomer(ctx, call, { command: 'play', ref: call.args.customer, certain: false })
    if ('reply' in which) return which.reply
    const { id, name } = which.customer
    const known = await customerPlay(ctx, call, which.customer)
    const similar = await similarCases(ctx, call, { ...which.customer, cause: known.cause })
    return { cards: [playCard({ ...known, id, name, similar, today: call.today }, call.text)] }
  },
})
