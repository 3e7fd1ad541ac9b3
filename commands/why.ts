import { whyCard } from '../src/cards/why.ts'
import { defineCommand } from '../src/chat/command.ts'
import { CustomerArgs, customerFromText } from '../src/chat/customer-args.ts'
import { noScoreYet } from '../src/chat/no-score.ts'
import { whichCustomer } from '../src/chat/which-customer.ts'
import { explainCustomer } from '../src/scoring/explain-one.ts'
import { orderDaysOf } from '../src/store/customer-history.ts'
import { scoreOf } from '../src/store/scores.ts'

/** 为什么 X: the score as dated facts with their points (L3, K4). */
export const why = defineCommand({
  name: 'why',
  aliases: ['为什么', '为啥', '为何'],
  where: 'dm',
  role: 'rep',
  writes: false,
  args: CustomerArgs,
  fromText: customerFromText,
  async run(ctx, call) {
    const { scope, text } = call
    const which = await whichCustomer(ctx, call, { command: 'why', ref: call.args.customer, certain: false })
    if ('reply' in which) return which.reply
    const { id, name } = which.customer
    const score = await scoreOf(ctx, scope, id)
    if (!score) throw noScoreYet(text)
    const explained = await explainCustomer(ctx, scope, id, score.asOf)
    const evidence = explained?.evidence ?? score.evidence
    const base = explained?.score.base ?? 0
    const orders = await orderDaysOf(ctx, scope, id, score.asOf)
    const whatIf = explained?.whatIf() ?? null
    return { cards: [whyCard({ id, name, score, base, evidence, orders, whatIf }, text)] }
  },
})
