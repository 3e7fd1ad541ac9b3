import { z } from 'zod'
import { scopeOf } from '../src/access.ts'
import { snoozeCard, snoozedCard } from '../src/cards/case.ts'
import { CaseArgs, caseReply } from '../src/chat/case-reply.ts'
import { defineCommand } from '../src/chat/command.ts'
import { offeredDays } from '../src/chat/offered-days.ts'
import { AppError } from '../src/errors.ts'
import { SNOOZE_REASONS } from '../src/model/case.ts'
import { actOnCase } from '../src/retention/act-on-case.ts'
import { caseFor } from '../src/store/cases.ts'

/** Button 稍后: offers three days; with a day it rests until then and wakes earlier when it gets worse. Why is asked
 * then and may be left out. */
export const snooze = defineCommand({
  name: 'snooze',
  aliases: [],
  hidden: true,
  where: 'dm',
  role: 'rep',
  writes: true,
  args: CaseArgs.extend({ until: z.number().int().optional(), reason: z.enum(SNOOZE_REASONS).optional() }),
  fromText: () => ({}),
  async run(ctx, call) {
    const { actor, args, today, text } = call
    const one = await caseFor(ctx, scopeOf(actor), args.case)
    if (!one) throw new AppError('not-found', 'no such case', { say: text.cards.case.none })
    const { until } = args
    if (until === undefined && one.closedAt === null) {
      return { cards: [snoozeCard(one, offeredDays(ctx, today), text)] }
    }
    const day = until ?? today
    if (until !== undefined && (day <= today || day - today > ctx.settings.chat.maxNextDays)) {
      throw new AppError('bad-input', 'the day cannot be taken', { say: text.cards.case.dayTooFar })
    }
    const { reason } = args
    const action = { kind: 'snooze', until: day, ...(reason && { reason }) } as const
    const outcome = await actOnCase(ctx, { caseId: one.id, actor, action })
    return caseReply(ctx, call, snoozedCard(outcome, day, text))
  },
})
