import { maskPhone } from '../src/access.ts'
import { briefCard } from '../src/cards/brief.ts'
import { suggestionCard } from '../src/cards/help.ts'
import { defineCommand } from '../src/chat/command.ts'
import { CustomerArgs } from '../src/chat/customer-args.ts'
import { customerPlay } from '../src/chat/customer-play.ts'
import { whichCustomer } from '../src/chat/which-customer.ts'

/** 准备 X: what to know before a call or visit (L8). */
export const brief = defineCommand({
  name: 'brief',
  aliases: ['准备', '拜访', 'prepare'],
  where: 'dm',
  role: 'rep',
  writes: false,
  args: CustomerArgs,
  // 拜访了 X … tells of a visit.
  fromText: (rest) => ({ customer: rest.replace(/^(了|过了?)(?=.)/, '') }),
  async run(ctx, call) {
    const { actor, text } = call
    const which = await whichCustomer(ctx, call, {
      command: 'brief',
      ref: call.args.customer,
      certain: false,
    })
    if ('reply' in which) return which.reply
    const { id, name, ownerId, since } = which.customer
    // 拜访 X 谈得不错 is a visit that was made: it is offered as a follow-up, never written unasked.
    const words = which.words.trim()
    if (words !== '') {
      const payload = { customer: id, words }
      return { cards: [suggestionCard({ action: 'follow-up', rest: `${name} ${words}`, payload }, text)] }
    }
    const known = await customerPlay(ctx, call, which.customer)
    const { contact } = known
    const phone = contact?.phone ?? null
    const card = briefCard(
      {
        ...known,
        id,
        name,
        since,
        today: call.today,
        evidence: known.score?.evidence ?? [],
        question: known.play.question,
        promise: known.promised,
        contact: contact && {
          ...contact,
          phone: phone === null || ownerId === actor.id ? phone : maskPhone(phone),
        },
      },
      text,
    )
    return { cards: [card] }
  },
})
