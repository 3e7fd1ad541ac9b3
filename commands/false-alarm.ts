import { z } from 'zod'
import { scopeOf } from '../src/access.ts'
import { caseCard, falseAlarmCard } from '../src/cards/case.ts'
import { CaseArgs, caseReply } from '../src/chat/case-reply.ts'
import { defineCommand } from '../src/chat/command.ts'
import { AppError } from '../src/errors.ts'
import { FALSE_ALARM_REASONS, LASTING_FALSE_ALARMS } from '../src/model/case.ts'
import { actOnCase } from '../src/retention/act-on-case.ts'
import { caseFor } from '../src/store/cases.ts'

/** Button 误报: asks for the cause; with it the case closes and the customer stays quiet (A3). */
export const falseAlarm = defineCommand({
  name: 'false-alarm',
  aliases: [],
  hidden: true,
  where: 'dm',
  role: 'rep',
  writes: true,
  args: CaseArgs.extend({ reason: z.enum(FALSE_ALARM_REASONS).optional() }),
  fromText: () => ({}),
  async run(ctx, call) {
    const { actor, args, text } = call
    const one = await caseFor(ctx, scopeOf(actor), args.case)
    if (!one) throw new AppError('not-found', 'no such case', { say: text.cards.case.none })
    const { reason } = args
    if (reason === undefined && one.closedAt === null) return { cards: [falseAlarmCard(one, text)] }
    const action = { kind: 'false-alarm', reason: reason ?? 'long-cycle' } as const
    const outcome = await actOnCase(ctx, { caseId: one.id, actor, action })
    const days = LASTING_FALSE_ALARMS.includes(action.reason) ? null : ctx.settings.push.falseAlarmDays
    const line = text.cards.case.falseAlarm(text.cards.falseAlarmReasons[action.reason], days)
    return caseReply(ctx, call, caseCard(outcome, line, text))
  },
})
