import { maskPhone } from '../src/access.ts'
import { customerCard } from '../src/cards/customer.ts'
import { defineCommand } from '../src/chat/command.ts'
import { CustomerArgs, customerFromText } from '../src/chat/customer-args.ts'
import { whichCustomer } from '../src/chat/which-customer.ts'
import { openCases } from '../src/store/cases.ts'
import { lastOrders, lastTouches, openComplaints, orderDaysOf } from '../src/store/customer-history.ts'
import { contactsOf } from '../src/store/customers.ts'
import { promisedContacts } from '../src/store/follow-ups.ts'
import { scoreOf } from '../src/store/scores.ts'

const LAST = 3

/** 客户 X: the whole customer on one card (A27). */
export const customer = defineCommand({
  name: 'customer',
  aliases: ['客户', '查客户', '看客户'],
  where: 'dm',
  role: 'rep',
  writes: false,
  args: CustomerArgs,
  fromText: customerFromText,
  async run(ctx, call) {
    const { actor, scope, today, text } = call
    const which = await whichCustomer(ctx, call, {
      command: 'customer',
      ref: call.args.customer,
      certain: false,
    })
    if ('reply' in which) return which.reply
    const { id, name, ownerId, ownerName } = which.customer
    const [openCase] = await openCases(ctx, scope, { customerId: id, limit: 1 })
    const [promised] = await promisedContacts(ctx, scope, { customerId: id, limit: 1 })
    const contacts = await contactsOf(ctx, scope, id)
    const card = customerCard(
      {
        id,
        name,
        ownerName: ownerId === actor.id ? null : ownerName,
        score: await scoreOf(ctx, scope, id),
        orders: await lastOrders(ctx, scope, id, LAST),
        orderDays: await orderDaysOf(ctx, scope, id, today),
        touches: await lastTouches(ctx, scope, id, LAST),
        complaints: await openComplaints(ctx, scope, id),
        contacts: contacts.map((one) => ({ ...one, phone: phoneFor(one.phone, ownerId === actor.id) })),
        nextOn: promised?.nextOn ?? null,
        openCase: openCase ? { id: openCase.id, state: text.cards.caseStates[openCase.state] } : null,
        today,
      },
      text,
    )
    return { cards: [card] }
  },
})

/** The owner needs the number to call; everybody else sees it masked. */
function phoneFor(phone: string | null, owner: boolean): string | null {
  return phone === null || owner ? phone : maskPhone(phone)
}
