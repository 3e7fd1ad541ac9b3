import { customerCard } from '../src/cards/customer.ts'
import { defineCommand } from '../src/chat/command.ts'
import { CustomerArgs, customerFromText } from '../src/chat/customer-args.ts'
import { customerView } from '../src/chat/customer-view.ts'
import { whichCustomer } from '../src/chat/which-customer.ts'
import { AppError } from '../src/errors.ts'

const LAST = 3

/** 客户 X: the whole customer on one card (A27). */
export const customer = defineCommand({
  name: 'customer',
  aliases: ['客户', '查客户', '看客户', '客户资料', '客户信息', '客户情况'],
  where: 'dm',
  role: 'rep',
  writes: false,
  args: CustomerArgs,
  fromText: customerFromText,
  async run(ctx, call) {
    const which = await whichCustomer(ctx, call, {
      command: 'customer',
      ref: call.args.customer,
      certain: false,
    })
    if ('reply' in which) return which.reply
    const { id, name } = which.customer
    const view = await customerView(ctx, call, id, LAST)
    if (!view) throw new AppError('not-found', 'the customer went out of scope meanwhile')
    return { cards: [customerCard({ ...view, id, name, today: call.today }, call.text)] }
  },
})
