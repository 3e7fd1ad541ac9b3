import { z } from 'zod'
import { maskName } from '../src/access.ts'
import { LIST_PAGE, listCard } from '../src/cards/list.ts'
import { type Call, defineCommand } from '../src/chat/command.ts'
import { wordsFromText } from '../src/chat/customer-args.ts'
import { needGroupTeam } from '../src/chat/group-scope.ts'
import { readFilter } from '../src/chat/list-filter.ts'
import { AppError } from '../src/errors.ts'
import { bandTotals, regionsIn, scoreList } from '../src/store/score-list.ts'

const Args = z.object({ words: z.string().max(60).default(''), offset: z.number().int().min(0).default(0) })

/** 名单: customers at risk by band, closeness, region (A36). In a group: totals and masked names. */
export const list = defineCommand({
  name: 'list',
  aliases: ['名单', '风险名单', '客户名单'],
  where: 'both',
  role: 'rep',
  writes: false,
  args: Args,
  fromText: wordsFromText,
  async run(ctx, call: Call<z.infer<typeof Args>>) {
    needGroupTeam(call)
    const { scope, text, args } = call
    const group = call.where.kind === 'group' ? { totals: await bandTotals(ctx, scope) } : null
    const filter = readFilter(args.words, await regionsIn(ctx, scope), text)
    const found = await scoreList(ctx, scope, filter, { offset: args.offset, limit: LIST_PAGE })
    if (!found) throw new AppError('not-found', 'no scores yet', { say: text.cards.list.noScores })
    const own = scope.kind === 'own'
    const rows = found.rows.map((row) => ({
      ...row,
      name: group ? maskName(row.name) : row.name,
      ownerName: group || own ? null : row.ownerName,
    }))
    return { cards: [listCard({ ...found, rows, words: args.words, offset: args.offset, group }, text)] }
  },
})
