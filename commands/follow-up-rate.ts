import { z } from 'zod'
import { calendarFor } from '../src/calendar.ts'
import { followUpRateCard, lateAnswersCard } from '../src/cards/follow-up-rate.ts'
import { type Call, defineCommand } from '../src/chat/command.ts'
import { wordsFromText } from '../src/chat/customer-args.ts'
import { readQuestion } from '../src/chat/figure-question.ts'
import type { Ctx } from '../src/context.ts'
import { type FollowUpFigures, followUpFigures } from '../src/stats/follow-up-rate.ts'

const Args = z.object({
  words: z.string().max(60).default(''),
  /** The names behind the figure. */
  late: z.literal(1).optional(),
})
type RateCall = Call<z.infer<typeof Args>>

/** 跟进率 [期间] [团队]: alerts followed up in time, and how fast; in a group totals only (A107, A115). */
export const followUpRateCommand = defineCommand({
  name: 'follow-up-rate',
  aliases: ['跟进率', '响应时间'],
  where: 'both',
  role: 'rep',
  writes: false,
  args: Args,
  fromText: wordsFromText,
  async run(ctx, call: RateCall) {
    const { text, args, where } = call
    const { period, scope, whose } = await readQuestion(ctx, call, args.words)
    const figures = await followUpFigures(ctx, { scope, period })
    if (args.late && where.kind === 'dm') return { cards: [namesOf(ctx, figures, call)] }
    const { dueWorkdays, eventDueWorkHours } = ctx.settings.push
    const input = {
      ...figures,
      team: whose,
      limits: { workdays: dueWorkdays, workHours: eventDueWorkHours },
      names: where.kind === 'dm' ? args.words : null,
    }
    return { cards: [followUpRateCard(input, text)] }
  },
})

function namesOf(ctx: Ctx, { late, period }: FollowUpFigures, { text }: RateCall) {
  const { dayOf } = calendarFor(ctx.settings)
  const rows = late.map(({ slaDueAt, answeredAt, ...one }) => ({
    ...one,
    dueOn: dayOf(slaDueAt),
    answeredOn: answeredAt === null ? null : dayOf(answeredAt),
  }))
  return lateAnswersCard({ period, late: rows }, text)
}
