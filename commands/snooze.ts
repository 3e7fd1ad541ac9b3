import { z } from 'zod'
import { scopeOf } from '../src/access.ts'
import { caseCard, snoozeCard } from '../src/cards/case.ts'
import { CaseArgs, caseReply } from '../src/chat/case-reply.ts'
import { defineCommand } from '../src/chat/command.ts'
import { offeredDays } from '../src/chat/offered-days.ts'
import { AppError } from '../src/errors.ts'
import { actOnCase } from '../src/retention/act-on-case.ts'
import { caseFor } from '../src/store/cases.ts'

/** Button 稍后: offers three days; with a day it rests until then and wakes earlier when it gets worse. */
export const snooze = defineCommand({
  name: 'snooze',
  aliases: [],
  hidden: true,
  where: 'dm',
  role: 'rep',
  writes: true,
  args: CaseArgs.extend({ until: z.number().int().optional() }),
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
    const outcome = await actOnCase(ctx, { caseId: one.id, actor, action: { kind: 'snooze', until: day } })
    return caseReply(ctx, call, caseCard(outcome, text.cards.case.snoozed(text.common.day(day)), text))
  },
})
