import { z } from 'zod'
import { defineCommand } from '../src/chat/command.ts'
import { followUpEcho } from '../src/chat/follow-up-reply.ts'
import { checkDay } from '../src/chat/next-day.ts'
import { AppError } from '../src/errors.ts'
import { setNextDate } from '../src/retention/log-follow-up.ts'
import { customerById } from '../src/store/customers.ts'

/** Button: the next date of a log that named none (K3: offered, never forced). */
export const nextDate = defineCommand({
  name: 'next-date',
  aliases: [],
  hidden: true,
  where: 'dm',
  role: 'rep',
  writes: true,
  args: z.object({ followUp: z.number().int(), day: z.number().int() }),
  fromText: () => ({}),
  async run(ctx, call) {
    const { actor, scope, args, text } = call
    checkDay(ctx, call, args.day)
    const set = await setNextDate(ctx, { actor, followUpId: args.followUp, nextOn: args.day })
    const customer = set && (await customerById(ctx, scope, set.followUp.customerId))
    if (!customer) throw new AppError('conflict', 'the follow-up is gone', { say: text.followUp.nextGone })
    const { followUp: content, assisted } = set
    const row = { id: args.followUp, customer, content, case: set.case, assisted }
    return { cards: [], update: followUpEcho(ctx, call, row) }
  },
})
