import { z } from 'zod'
import { churnCardOf } from '../src/cards/churn-card-of.ts'
import { defineCommand } from '../src/chat/command.ts'
import { wordsFromText } from '../src/chat/customer-args.ts'
import { readQuestion } from '../src/chat/figure-question.ts'
import { churnFigures } from '../src/stats/team-stats.ts'

const Args = z.object({ words: z.string().max(60).default('') })

/** 流失 [期间] [团队]: the churn rate of what this person, or this group, may see (A1). */
export const churn = defineCommand({
  name: 'churn',
  aliases: ['流失', '流失率'],
  where: 'both',
  role: 'rep',
  writes: false,
  args: Args,
  fromText: wordsFromText,
  async run(ctx, call) {
    const { period, scope, team, whose } = await readQuestion(ctx, call, call.args.words)
    const figures = await churnFigures(ctx, { scope, period })
    const ownOnly = scope.kind === 'own' && team !== null
    return { cards: [churnCardOf(figures, { team: whose, ownOnly }, call.text)] }
  },
})
