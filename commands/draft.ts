import { draftCard } from '../src/cards/draft.ts'
import { defineCommand } from '../src/chat/command.ts'
import { CustomerArgs, customerFromText } from '../src/chat/customer-args.ts'
import { customerPlay, draftFields } from '../src/chat/customer-play.ts'
import { whichCustomer } from '../src/chat/which-customer.ts'
import { draftOf } from '../src/retention/plays/draft.ts'

/** 草稿 X: a message of known facts for the rep to change and send (A73). Nothing is sent to a customer. */
export const draft = defineCommand({
  name: 'draft',
  aliases: ['草稿', '话术'],
  where: 'dm',
  role: 'rep',
  writes: false,
  args: CustomerArgs,
  fromText: customerFromText,
  async run(ctx, call) {
    const which = await whichCustomer(ctx, call, {
      command: 'draft',
      ref: call.args.customer,
      certain: false,
    })
    if ('reply' in which) return which.reply
    const { id, name } = which.customer
    const known = await customerPlay(ctx, call, which.customer)
    const fields = draftFields(call, which.customer, known)
    const made = draftOf(known.play.draft, fields, ctx.settings.locale)
    return { cards: [draftCard({ id, name, draft: made, ended: known.play.ended }, call.text)] }
  },
})
