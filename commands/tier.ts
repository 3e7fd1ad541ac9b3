import { tierCard } from '../src/cards/tier.ts'
import { defineCommand } from '../src/chat/command.ts'
import { CustomerArgs, customerFromText } from '../src/chat/customer-args.ts'
import { noScoreYet } from '../src/chat/no-score.ts'
import { whichCustomer } from '../src/chat/which-customer.ts'
import { keptForecast } from '../src/scoring/customer-outlook.ts'
import { explainCustomer } from '../src/scoring/explain-one.ts'
import { scoreOf } from '../src/store/scores.ts'

/** 分层 X: value tier, RFM segment and the three raw numbers (C8). */
export const tier = defineCommand({
  name: 'tier',
  aliases: ['分层', '分级', '等级'],
  where: 'dm',
  role: 'rep',
  writes: false,
  args: CustomerArgs,
  fromText: customerFromText,
  async run(ctx, call) {
    const { scope, text } = call
    const which = await whichCustomer(ctx, call, { command: 'tier', ref: call.args.customer, certain: false })
    if ('reply' in which) return which.reply
    const { id, name } = which.customer
    const score = await scoreOf(ctx, scope, id)
    if (!score) throw noScoreYet(text)
    const explained = await explainCustomer(ctx, scope, id, score.asOf)
    const outlook = await keptForecast(ctx, id, score.asOf)
    const outlook12m = outlook?.range12m ?? null
    return { cards: [tierCard({ id, name, score, raw: explained?.raw ?? null, outlook12m }, text)] }
  },
})
