import { z } from 'zod'
import { calendarFor } from '../src/calendar.ts'
import { needWordsCard } from '../src/cards/follow-up.ts'
import { askForLine } from '../src/chat/ask-for-line.ts'
import { askModel } from '../src/chat/assisted-reading.ts'
import { refreshedDigest } from '../src/chat/case-reply.ts'
import { type Call, defineCommand, type Reply } from '../src/chat/command.ts'
import { CustomerRef } from '../src/chat/customer-args.ts'
import { followUpEcho } from '../src/chat/follow-up-reply.ts'
import { checkDate } from '../src/chat/next-day.ts'
import { whichCustomer } from '../src/chat/which-customer.ts'
import { withoutNames } from '../src/chat/without-names.ts'
import type { Ctx } from '../src/context.ts'
import type { Customer } from '../src/model/customer.ts'
import { PLANNED } from '../src/model/planned.ts'
import type { Answer } from '../src/retention/assist/question.ts'
import { withAnswer } from '../src/retention/assist/with-answer.ts'
import { logFollowUp } from '../src/retention/log-follow-up.ts'
import { type Understood, understand } from '../src/retention/understand.ts'
import { NOTHING_READ, type Reading } from '../src/store/follow-ups.ts'

const Args = z.object({
  customer: CustomerRef,
  /** What was said, when the customer is named by id. */
  words: z.string().max(500).default(''),
  /** The touch without a result that this line gives one to. */
  completes: z.number().int().optional(),
  /** The line answers our question: small talk is then asked back, not written. */
  asked: z.literal(1).optional(),
  /** The line only says when the customer will be contacted: a promise, no contact. */
  plan: z.literal(1).optional(),
})
/** `second` is a model's answer about the same words and customer. */
type Args = z.infer<typeof Args> & { readonly second?: { readonly note: string; readonly answer: Answer } }

/** 跟进 X 结果 备注 下次日期: one line is the log (K2). Writes only for a customer that is certain. */
export const followUp = defineCommand({
  name: 'follow-up',
  aliases: ['跟进', '回访', '记录', 'log', 'fu'],
  where: 'dm',
  role: 'rep',
  writes: true,
  args: Args,
  fromText: (rest) => ({ customer: rest }),
  async run(ctx, call: Call<Args>) {
    const { args } = call
    const note = await noteOf(ctx, call)
    if ('reply' in note) return note.reply
    checkDate(ctx, call.text, note.said)
    if (saysNothing(note, args)) return askForWords(call, note.customer)
    return write(ctx, call, note)
  },
  async prepare(ctx, call: Call<Args>) {
    if (!ctx.languageModel || call.args.plan) return call
    const note = await noteOf(ctx, call).catch(() => null)
    if (!note || 'reply' in note || note.said.refused !== null || saysNothing(note, call.args)) return call
    const { words, said, customer } = note
    const answer = await askModel(ctx, { words, customerId: customer.id, own: said })
    return answer ? { ...call, args: { ...call.args, second: { note: idOf(note), answer } } } : call
  },
})

interface Note {
  readonly customer: Customer
  readonly words: string
  /** The words without the customer's name, as they were read. */
  readonly heard: string
  readonly said: Understood
}

/** What the line says about which customer, or the question which one. */
async function noteOf(ctx: Ctx, call: Call<Args>): Promise<Note | { readonly reply: Reply }> {
  const { args } = call
  const which = await whichCustomer(ctx, call, {
    command: 'follow-up',
    ref: args.customer,
    certain: true,
    argsOf: (words) => ({ words }),
  })
  if ('reply' in which) return which
  const { customer } = which
  const words = (typeof args.customer === 'number' ? args.words : which.words).trim()
  const heard = withoutNames(words, customer)
  return { customer, words, heard, said: understand(heard, nowOf(ctx, call), ctx.settings.chat.maxNextDays) }
}

function saysNothing({ words, said }: Note, { asked }: Args): boolean {
  return words === '' || (asked === 1 && said.outcome === null && said.nextOn === null)
}

function nowOf({ settings }: Ctx, { today }: Call<Args>): Parameters<typeof understand>[1] {
  return { today, calendar: calendarFor(settings) }
}

function askForWords(call: Call<Args>, { id, name }: Customer): Reply {
  return { cards: [needWordsCard(name, call.text)], ask: askForLine(call, id, call.args.completes) }
}

function readingOf(said: Understood): Reading {
  const { channel, reached, outcome, effective, reason, sentiment, amount, nextOn } = said
  return { channel, reached, outcome, effective, reason, sentiment, amount, nextOn }
}

/** An answer belongs to the note it was asked about and to no other. */
function idOf({ customer, words }: Note): string {
  return `${customer.id}:${words}`
}

async function write(ctx: Ctx, call: Call<Args>, note: Note): Promise<Reply> {
  const { actor, today, inboundKey, args } = call
  const { customer, words } = note
  const answer = args.second?.note === idOf(note) ? args.second.answer : null
  const { said, fields } = answer
    ? withAnswer(note.heard, note.said, answer)
    : { said: note.said, fields: [] }
  const assisted = fields.length > 0 && ctx.languageModel ? { model: ctx.languageModel.name, fields } : null
  const content = args.plan ? { ...NOTHING_READ, outcome: PLANNED, nextOn: said.nextOn } : readingOf(said)
  const written = await logFollowUp(ctx, {
    actor,
    customerId: customer.id,
    content: { ...content, note: words },
    assisted,
    day: today,
    inboundKey,
    ...(args.completes !== undefined && { completes: args.completes }),
  })
  const card = followUpEcho(ctx, call, { ...written, customer, assisted: assisted !== null })
  const reply = { cards: [card], refresh: await refreshedDigest(ctx, call, today) }
  return content.outcome === null ? { ...reply, ask: askForLine(call, customer.id, written.id) } : reply
}
