import { wonCard } from '../src/cards/outcome.ts'
import { CaseArgs, caseReply } from '../src/chat/case-reply.ts'
import { defineCommand } from '../src/chat/command.ts'
import { CustomerArgs, customerFromText } from '../src/chat/customer-args.ts'
import { whichCustomer } from '../src/chat/which-customer.ts'
import { AppError } from '../src/errors.ts'
import { actOnCase } from '../src/retention/act-on-case.ts'
import { caseFor, openCaseOf } from '../src/store/cases.ts'

/** 挽回 华联, or the button 挽回: the case closes as won. It is a claim until an order proves it (A116). */
export const won = defineCommand({
  name: 'won',
  aliases: ['挽回', '已挽回'],
  where: 'dm',
  role: 'rep',
  writes: true,
  args: CaseArgs.partial().extend(CustomerArgs.shape),
  fromText: customerFromText,
  async run(ctx, call) {
    const { actor, scope, args, text } = call
    const which = await whichCustomer(ctx, call, { command: 'won', ref: args.customer, certain: true })
    if ('reply' in which) return which.reply
    const { customer } = which
    const one =
      args.case === undefined ? await openCaseOf(ctx, customer.id) : await caseFor(ctx, scope, args.case)
    if (one?.customerId !== customer.id) {
      throw new AppError('conflict', 'no open case', { say: text.cards.case.none })
    }
    const outcome = await actOnCase(ctx, { caseId: one.id, actor, action: { kind: 'won' } })
    return caseReply(ctx, { ...call, args: { ...args, case: one.id } }, wonCard(outcome, text))
  },
})
