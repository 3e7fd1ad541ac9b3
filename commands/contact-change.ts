import { z } from 'zod'
import { calendarFor } from '../src/calendar.ts'
import { contactChangedCard, contactToldCard } from '../src/cards/contact-changed.ts'
import { lineCard } from '../src/cards/error.ts'
import { type Call, defineCommand, type Reply } from '../src/chat/command.ts'
import { CustomerRef } from '../src/chat/customer-args.ts'
import { whichCustomer } from '../src/chat/which-customer.ts'
import { registerContactChange } from '../src/retention/register-contact-change.ts'
import { tellMember } from '../src/store/tell-member.ts'

const Args = z.object({
  customer: CustomerRef,
  words: z.string().max(100).default(''),
})

/** Workdays to meet the new contact. */
const MEET_WORKDAYS = 5
/** 张伟→李娜, 张伟换成李娜, 李娜. */
const CHANGE =
  /^(?:(?<left>[^\s→>]{1,20}?)\s*(?:→|->|=>|>|换成|改为|换为|\bto\b)\s*)?(?<joined>[^\s→>]{1,20})$/u

/** 换人 客户 [老联系人→]新联系人: the change as a dated fact, and a promise to meet the new contact (A48). */
export const contactChange = defineCommand({
  name: 'contact-change',
  aliases: ['换人', '换联系人'],
  where: 'dm',
  role: 'rep',
  writes: true,
  args: Args,
  fromText: (rest) => ({ customer: rest }),
  async run(ctx, call: Call<z.infer<typeof Args>>): Promise<Reply> {
    const { args, actor, text, today, inboundKey } = call
    const which = await whichCustomer(ctx, call, {
      command: 'contact-change',
      ref: args.customer,
      certain: true,
      argsOf: (words) => ({ words }),
    })
    if ('reply' in which) return which.reply
    const { id, name, ownerId } = which.customer
    const words = (typeof args.customer === 'number' ? args.words : which.words).trim()
    const { left = '', joined } = CHANGE.exec(words)?.groups ?? {}
    if (joined === undefined) {
      const ask = {
        id: inboundKey,
        kind: 'line',
        command: 'contact-change',
        args: { customer: id },
        options: [],
      } as const
      return { cards: [lineCard(text.voices.contact.ask(name), text)], ask }
    }
    const meetBy = calendarFor(ctx.settings).addWorkdays(today, MEET_WORKDAYS)
    const given = { actor, customerId: id, left, joined, today, meetBy, inboundKey }
    const changed = await registerContactChange(ctx, given)
    const shown = { name, left, joined, meetBy, changed }
    if (changed && ownerId !== null && ownerId !== actor.id) {
      const card = contactToldCard({ ...shown, by: actor.name }, text)
      await tellMember(ctx, ownerId, { id: `contact-change:${inboundKey}`, card })
    }
    return { cards: [contactChangedCard(shown, text)] }
  },
})
