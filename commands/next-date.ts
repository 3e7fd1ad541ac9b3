import { z } from 'zod'
import { nextDateCard } from '../src/cards/follow-up.ts'
import { defineCommand } from '../src/chat/command.ts'
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
  async run(ctx, { actor, scope, args, today, text }) {
    if (args.day <= today || args.day - today > ctx.settings.chat.maxNextDays) {
      throw new AppError('bad-input', 'the day cannot be taken', { say: text.cards.case.dayTooFar })
    }
    const changed = await setNextDate(ctx, { actor, followUpId: args.followUp, nextOn: args.day })
    const customer = changed && (await customerById(ctx, scope, changed.customerId))
    if (!customer) throw new AppError('conflict', 'the follow-up is gone', { say: text.followUp.nextGone })
    const card = nextDateCard(customer.name, args.day, text)
    return { cards: [], update: card }
  },
})
