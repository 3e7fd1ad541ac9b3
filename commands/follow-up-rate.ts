import { z } from 'zod'
import type { Scope } from '../src/access.ts'
import { calendarFor } from '../src/calendar.ts'
import { followUpRateCard, lateAnswersCard } from '../src/cards/follow-up-rate.ts'
import { readQuestion } from '../src/chat/churn-question.ts'
import { type Call, defineCommand } from '../src/chat/command.ts'
import { wordsFromText } from '../src/chat/customer-args.ts'
import { needGroupTeam } from '../src/chat/group-scope.ts'
import type { Ctx } from '../src/context.ts'
import { type FollowUpFigures, followUpFigures } from '../src/stats/follow-up-rate.ts'
import { teams } from '../src/store/chats.ts'

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
    needGroupTeam(call)
    const { scope, text, today, actor, args, where } = call
    const all = await teams(ctx)
    const { period, team } = readQuestion(args.words, { teams: all, today, scope, actor, text })
    const narrowed: Scope = team && scope.kind === 'all' ? { kind: 'team', teamId: team.id } : scope
    const figures = await followUpFigures(ctx, { scope: narrowed, period })
    if (args.late && where.kind === 'dm') return { cards: [namesOf(ctx, figures, call)] }
    const { dueWorkdays, eventDueWorkHours } = ctx.settings.push
    const named = narrowed.kind === 'team' ? all.find((one) => one.id === narrowed.teamId)?.name : undefined
    const input = {
      ...figures,
      team: scope.kind === 'own' ? actor.name : (named ?? ''),
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
