import { z } from 'zod'
import { withoutReach } from '../src/access.ts'
import { churnCardOf } from '../src/cards/churn-card-of.ts'
import { readQuestion } from '../src/chat/churn-question.ts'
import { type Call, defineCommand } from '../src/chat/command.ts'
import { wordsFromText } from '../src/chat/customer-args.ts'
import { needGroupTeam } from '../src/chat/group-scope.ts'
import { churnFigures } from '../src/stats/team-stats.ts'
import { type Team, teams } from '../src/store/chats.ts'

const Args = z.object({ words: z.string().max(60).default('') })
type ChurnCall = Call<z.infer<typeof Args>>

/** 流失 [期间] [团队]: the churn rate of what this person, or this group, may see (A1). */
export const churn = defineCommand({
  name: 'churn',
  aliases: ['流失', '流失率'],
  where: 'both',
  role: 'rep',
  writes: false,
  args: Args,
  fromText: wordsFromText,
  async run(ctx, call: ChurnCall) {
    needGroupTeam(call)
    const { scope, text, today, actor } = call
    const all = await teams(ctx)
    const { period, team } = readQuestion(call.args.words, { teams: all, today, scope, actor, text })
    const question = { scope: withoutReach(scope), period, ...(team && { teamId: team.id }) }
    const figures = await churnFigures(ctx, question)
    const name = scope.kind === 'own' ? actor.name : (team?.name ?? whose(call, all))
    const card = churnCardOf(figures, { team: name, ownOnly: scope.kind === 'own' && team !== null }, text)
    return { cards: [card] }
  },
})

/** Whose customers the figure counts when no team was named. */
function whose({ scope }: ChurnCall, all: readonly Team[]): string {
  return scope.kind === 'team' ? (all.find((one) => one.id === scope.teamId)?.name ?? '') : ''
}
