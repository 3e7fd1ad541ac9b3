import { z } from 'zod'
import { chooseMemberCard } from '../src/cards/choose-member.ts'
import {
  askWhatCard,
  receivedCard,
  type TransferFacts,
  takenCard,
  transferredCard,
} from '../src/cards/transfer.ts'
import { CaseArgs, caseReply } from '../src/chat/case-reply.ts'
import { type Call, defineCommand, type Reply } from '../src/chat/command.ts'
import { CustomerArgs, customerFromText } from '../src/chat/customer-args.ts'
import { likelyColleagues } from '../src/chat/likely-colleagues.ts'
import { whichCustomer } from '../src/chat/which-customer.ts'
import { whichMember } from '../src/chat/which-member.ts'
import type { Ctx } from '../src/context.ts'
import { AppError } from '../src/errors.ts'
import type { Customer } from '../src/model/customer.ts'
import type { Day } from '../src/model/day.ts'
import type { Colleague } from '../src/model/duty.ts'
import { type PassedOn, passOn, receivers, thingsToPass } from '../src/retention/pass-on.ts'
import { openCaseOf } from '../src/store/cases.ts'
import { dutyOn } from '../src/store/duty.ts'
import { promisedContacts } from '../src/store/follow-ups.ts'
import { tellMember } from '../src/store/tell-member.ts'

const REASON_CHARS = 60

const Args = CaseArgs.partial()
  .extend(CustomerArgs.shape)
  .extend({
    /** The words after the customer's name: to whom, and why. */
    words: z.string().max(500).optional(),
    to: z.number().int().optional(),
    what: z.enum(['case', 'customer']).optional(),
    reason: z.string().max(500).optional(),
  })
type Args = z.infer<typeof Args>
type TransferCall = Call<Args>

/** 转交 华联 小李 原因, or the button 转交: the open case, or the customer too, goes to a colleague (A21, A53). */
export const transfer = defineCommand({
  name: 'transfer',
  aliases: ['转交', '移交'],
  where: 'dm',
  role: 'rep',
  writes: true,
  args: Args,
  fromText: customerFromText,
  async run(ctx, call: TransferCall): Promise<Reply> {
    const { args } = call
    const which = await whichCustomer(ctx, call, {
      command: 'transfer',
      ref: args.customer,
      certain: true,
      argsOf: (words) => ({ words }),
    })
    if ('reply' in which) return which.reply
    const { customer } = which
    const chosen = await colleague(ctx, call, customer, which.words || (args.words ?? ''))
    if ('reply' in chosen) return chosen.reply
    const said = args.reason ?? chosen.rest
    const reason = said === '' ? null : [...said].slice(0, REASON_CHARS).join('')
    if (args.what === undefined) return askWhat(ctx, call, { customer, to: chosen.member, reason })
    const given = {
      actor: call.actor,
      customerId: customer.id,
      toId: chosen.member.id,
      what: args.what,
      reason,
    }
    const [promise] = await promisedContacts(ctx, call.scope, { customerIds: [customer.id], limit: 1 })
    const facts = { what: args.what, reason, promised: promise?.nextOn ?? null }
    return answer(ctx, call, await passOn(ctx, given), facts)
  },
})

/** The colleague the words or the button name; nobody yet: those with the least to do as buttons. */
async function colleague(
  ctx: Ctx,
  call: TransferCall,
  customer: Customer,
  words: string,
): Promise<{ member: Colleague; rest: string } | { reply: Reply }> {
  const { actor, args, text } = call
  const duty = await dutyOn(ctx)
  const all = receivers(actor, duty)
  const known = all.find(({ id }) => id === args.to)
  if (known) return { member: known, rest: '' }
  const one = await openCaseOf(ctx, customer.id)
  const has = one?.ownerId ?? customer.ownerId
  const others = all.filter(({ id }) => id !== has)
  const likely = await likelyColleagues(ctx, others, duty)
  const payload = { ...origin(args), customer: customer.id, question: 1 }
  const asked = { action: 'transfer', as: 'to', payload, text }
  const named = words.replace(/^\s*(?:转?给|交给|到|\bto\b)\s*/, '').trim()
  if (named !== '') return whichMember(named, all, { ...asked, restAs: 'reason', likely })
  const phrases = text.handOver.transfer
  const title = likely.length === 0 ? phrases.nobody : phrases.whom(customer.name)
  const card = { ...asked, title, options: likely, note: phrases.hint(customer.name) }
  return { reply: { cards: [chooseMemberCard(card, text)] } }
}

async function askWhat(
  ctx: Ctx,
  { actor, args, text }: TransferCall,
  given: { readonly customer: Customer; readonly to: Colleague; readonly reason: string | null },
): Promise<Reply> {
  const { customer, to, reason } = given
  const things = thingsToPass(actor, customer, await openCaseOf(ctx, customer.id))
  if (things.length === 0) {
    throw new AppError('not-allowed', 'nothing to pass on', { say: text.handOver.transfer.notYours })
  }
  const payload = {
    ...origin(args),
    customer: customer.id,
    to: to.id,
    question: 1,
    ...(reason !== null && { reason }),
  }
  return { cards: [askWhatCard({ customer, to: to.name, reason, things, payload }, text)] }
}

/** The case the question is about, for the answer's own card. */
function origin(args: Args): Record<string, number> {
  return args.case === undefined ? {} : { case: args.case }
}

async function answer(
  ctx: Ctx,
  call: TransferCall,
  passed: PassedOn,
  { promised, ...said }: Pick<TransferFacts, 'what' | 'reason'> & { readonly promised: Day | null },
): Promise<Reply> {
  const { actor, args, text, inboundKey } = call
  const { customer, to, from, changed } = passed
  const facts = { customer, to: to.name, ...said }
  if (changed && to.id !== actor.id) {
    const card = receivedCard({ ...facts, by: actor.name, case: passed.case, promised }, text)
    await tellMember(ctx, to.id, { id: `transfer:${inboundKey}`, card, caseId: passed.case?.id ?? null })
  }
  if (changed && from?.active && from.id !== actor.id && from.id !== to.id) {
    await tellMember(ctx, from.id, {
      id: `taken:${inboundKey}`,
      card: takenCard({ ...facts, by: actor.name }, text),
    })
  }
  const card = transferredCard({ ...facts, changed }, text)
  const question = args.question === undefined ? {} : { question: args.question }
  return caseReply(ctx, { ...call, args: { case: passed.case?.id ?? 1, ...question } }, card)
}
